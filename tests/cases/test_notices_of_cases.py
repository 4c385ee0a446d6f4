"""Notices of cases: each names its case, and is said in the language of whoever reads it."""

from datetime import datetime

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from audit.models import Event
from cases.dossier.moves import Move
from cases.dossier.stages import TABLE
from cases.oversight.services import sweep
from cases.oversight.tasks import tell_officers
from desk.models import Notice
from tests.cases.test_pages import browser, questions
from tests.doors.drivers import at

DAY = "2026-03-20T09:00"


def told_of_the_filing(until):
    """A case whose officers were told of its filing, and at whose desk it is told."""
    door = until("submit-review")
    tell_officers(Event.objects.get(verb=TABLE[Move.APPROVE_FILING].verb.code))
    return door.case(), door.county.first


def read(client, path, language):
    client.cookies["django_language"] = language
    with override(language):
        return client.get(path).content.decode()


def test_inbox_and_home_name_the_case_and_speak_the_readers_language(until):
    case, officer = told_of_the_filing(until)
    client, notice = browser(officer), Notice.objects.get(recipient=officer)
    with at(DAY):
        for path in (reverse("desk:notices"), reverse("home")):
            for language, title in (("zh-hans", "立案"), ("en", "Filing")):
                page = read(client, path, language)
                assert f'<a href="{reverse("desk:notice", args=[notice.pk])}"' in page
                assert f">{title}</a>" in page, (path, language)
                assert f"{case.number} {case.title}" in page


def test_a_warning_names_its_clock_in_the_readers_language_and_keeps_chinese(until):
    door = until("submit-review")
    sweep(at=timezone.make_aware(datetime(2026, 6, 10, 6)))
    notice = Notice.objects.filter(recipient=door.county.first, kind="clock-overdue").first()
    assert notice.title == "%(clock)s已逾期（%(day)s到期）"
    with override("zh-hans"):
        chinese = notice.headline
        assert chinese == f"{notice.params['clock']['zh']}已逾期（{notice.params['day']['zh']}到期）"
    with override("en"):
        assert notice.params["clock"]["en"] in notice.headline
        assert "逾期" not in notice.headline


def test_home_asks_no_more_for_five_notices_than_for_one(until):
    case, officer = told_of_the_filing(until)
    client = browser(officer)
    with at(DAY):
        client.get(reverse("home"))  # brings the names to mind
        one = questions(client, reverse("home"))
        first = Notice.objects.get(recipient=officer)
        for number in range(4):
            first.pk, first.key = None, f"again-{number}"
            first.save(force_insert=True)
        assert questions(client, reverse("home")) == one
        assert client.get(reverse("home")).content.decode().count(case.number) >= 5
