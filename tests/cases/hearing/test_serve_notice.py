"""送达告知书: only a service the law knows, by one's own officers, under authority of the day."""

from datetime import date

import pytest

from cases.clocks.models import Clock
from cases.hearing import notices
from cases.instruments.models import Service
from tests.cases.standing import again, denied, do, done, person, refused, standing_at, step_of
from tests.doors.drivers import instant
from townships.models import AuthorityGrant, BarReason, CertificateBar, Suspension

MOVE = "serve-notice"
laid = standing_at(MOVE)


def serve(door, **changes):
    values = step_of(door.county, MOVE).values
    facts = {**values, "served_at": instant(values["served_at"]), **changes}
    actor = person(door.county.first)
    notices.serve_notice(case=door.case(), actor=actor, at=instant("2026-03-12T11:00"), **facts)


@pytest.mark.parametrize(
    ("changes", "code", "article"),
    [
        ({"served_at": "2026-03-11T08:59"}, "served_properly", "第六十一条"),
        ({"served_at": "2026-03-12T11:01"}, "served_properly", "第六十一条"),
        ({"served_at": "2026-03-13T10:00"}, "served_properly", "第六十一条"),
        ({"method": "retention"}, "served_properly", "第六十一条"),
        ({"method": "retention", "witness": "村委会吴某"}, "served_properly", "第六十一条"),
        ({"method": "electronic"}, "electronic_service_consent", "第六十一条"),
        ({"method": "post"}, "served_properly", "第六十一条"),
        ({"method": "announcement"}, "announcement_last_resort", "第九十五条"),
        ({"method": "announcement", "tracking": "县政府公告栏"}, "announcement_last_resort", "第九十五条"),
    ],
)
def test_what_the_law_does_not_know_as_service_starts_no_clock(standing, changes, code, article):
    denied(standing, code, article, again(standing, MOVE, **changes))
    direct = dict(changes)
    if "served_at" in direct:
        direct["served_at"] = instant(direct["served_at"])
    with refused(standing.case(), code, article):
        serve(standing, **direct)


def test_blanks_are_no_witness(standing):
    with refused(standing.case(), "served_properly", "第六十一条"):
        serve(standing, method="retention", witness="   ")


def test_an_announcement_counts_thirty_days_before_the_party_can_answer(standing):
    done(
        standing,
        again(standing, MOVE, method="announcement", tracking="县政府公告栏", note="均未果。"),
    )
    defence = Clock.objects.get(case=standing.case_id, kind="defence")
    # 12 March + 30 days = 11 April, a Saturday, so Monday the 13th; five working days follow.
    assert defence.started_at.date() == date(2026, 4, 13)
    assert defence.due_on == date(2026, 4, 20)
    early = again(standing, "decide", at="2026-04-20T09:00")
    denied(standing, "defence_window_elapsed", "第四十五条", early)


def test_an_announcement_that_ends_in_a_year_without_calendar_starts_no_clock(standing):
    late = {"at": "2026-12-15T11:00", "served_at": "2026-12-15T10:00"}
    step = again(standing, MOVE, method="announcement", tracking="县政府公告栏", note="均未果。", **late)
    found = denied(standing, "calendar_coverage", "第二百零三条", step)
    assert (found["field"], found["link"]) == ("served_at", "calendar")


def test_a_party_may_answer_an_announcement_before_it_counts_as_served(standing):
    done(standing, again(standing, MOVE, method="announcement", tracking="公告栏", note="均未果。"))
    done(standing, again(standing, "record-statement"))


def test_an_officer_without_certificate_that_day_serves_nothing_in_person(standing):
    day = date(2026, 3, 12)
    held = standing.county.second.certificates.get()
    CertificateBar.objects.create(certificate=held, reason=BarReason.SUSPENDED, valid_from=day, valid_to=day)
    denied(standing, "certificate_valid_on_date", "第四十二条", again(standing, MOVE))


def test_a_notice_is_served_once(standing):
    done(standing, again(standing, MOVE))
    denied(standing, "wrong_stage", "", again(standing, MOVE))
    assert Service.objects.filter(instrument__kind="prior_notice").count() == 1


def test_authority_is_asked_again_when_the_notice_is_served(standing):
    for grant in AuthorityGrant.objects.all():
        Suspension.objects.create(grant=grant, suspended_from=date(2026, 3, 11), reason="评估")
    denied(standing, "authority_subject", "第十七条", again(standing, MOVE))


def test_nobody_but_the_body_serves(standing):
    assert do(standing, again(standing, MOVE, who="clerk")).status_code == 403
    assert do(standing, again(standing, MOVE, who="reviewer")).status_code == 403


def test_nothing_is_served_online_without_the_consent_of_the_party(standing):
    """F109."""
    online = {"method": "electronic", "note": "发送至确认书载明的邮箱。"}
    for consent in ({}, {"consent": False}):
        denied(
            standing, "electronic_service_consent", "第六十一条", again(standing, MOVE, **online, **consent)
        )
    done(standing, again(standing, MOVE, **online, consent=True))
    assert Service.objects.get(instrument__kind="prior_notice").consent


def test_an_announcement_comes_after_other_ways_have_failed(standing):
    """F120: where and why only an announcement is left is told, or it is refused."""
    announced = {"method": "announcement", "tracking": "县政府公告栏"}
    denied(standing, "announcement_last_resort", "第九十五条", again(standing, MOVE, **announced))
    failed = "3月11日直接送达无人，3月12日邮寄退回。"
    done(standing, again(standing, MOVE, **announced, note=failed))
    kept = Service.objects.get(instrument__kind="prior_notice")
    assert (kept.method, kept.note) == ("announcement", failed)


def test_a_letter_keeps_the_number_of_the_post_and_its_proof(standing):
    """F123: by post the number is asked for; number and receipt are stored and printed."""
    denied(standing, "served_properly", "第六十一条", again(standing, MOVE, method="post"))
    case = done(standing, again(standing, MOVE, method="post", tracking="EMS 1234567890123"))
    kept = Service.objects.get(instrument__kind="prior_notice")
    assert (kept.tracking, kept.proof.sha256 != "") == ("EMS 1234567890123", True)
    receipt = case.instruments.get(kind="service_receipt").paper.content
    assert "EMS 1234567890123" in str(receipt)
