"""The whole job by five logins and more, from a lead to a downloaded case file, in a real browser."""

import re

import pypdfium2
import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from audit import outbox
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from tests.doors.county import found_county
from tests.doors.drivers import photo
from tests.doors.script import PARTY, whole_case

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "现场照片.jpg"
    path.write_bytes(photo().read())
    return path


def text_of(path) -> list[str]:
    document = pypdfium2.PdfDocument(path)
    return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


def test_a_major_case_goes_from_lead_to_a_downloaded_file_by_clicks_alone(
    person, county_clock, picture, tmp_path
):
    county = found_county()
    people = {}
    for step in whole_case(county):
        county_clock.set(step.at)
        if step.move == "archive":
            outbox.relay(at=timezone.now())
        someone = people.get(step.who) or people.setdefault(
            step.who, person(getattr(county, step.who).username)
        )
        if not step.move:
            someone.open(reverse("lead_new"))
        else:
            case = Case.objects.get()
            someone.open(reverse("case", args=[case.pk]))
            someone.follow(reverse(f"act-{step.move}", args=[case.pk]))
        someone.fill(step.values, picture if step.files else None)
        someone.submit()
        case = Case.objects.get()
        expect(someone.page).to_have_url(re.compile(re.escape(reverse("case", args=[case.pk])) + r"(\?.*)?$"))
    assert case.stage == Stage.ARCHIVED

    supervisor = person("supervisor")
    supervisor.open(reverse("case", args=[case.pk]))
    supervisor.shot("case-archived")
    supervisor.open(reverse("case_file_preview", args=[case.pk]))
    supervisor.shot("case-file")
    with supervisor.page.expect_download() as download:
        supervisor.page.locator(
            f'main a[href="{reverse("case_file_download", args=[case.pk])}"]'
        ).first.click()
    saved = tmp_path / "file.pdf"
    download.value.save_as(saved)
    pages = text_of(saved)
    whole = "".join(pages)
    for wanted in (
        case.number,
        PARTY,
        "青禾罚决〔2026〕1号",
        "60,000",
        "第十七条第二款",
        "青禾县人民法院",
        "六十日",
        "六个月",
    ):
        assert wanted in whole, wanted
    assert_contents_are_right(case, pages)
    for someone in [*people.values(), supervisor]:
        assert someone.errors == []
        assert someone.outside == []


def assert_contents_are_right(case: Case, pages: list[str]) -> None:
    """Each page number in the contents is the folio of the page on which that document begins."""
    volume = case.volumes.latest("id")
    first = next(at for at, page in enumerate(pages) if page.startswith("卷内目录"))
    after = next(at for at, page in enumerate(pages) if "办案时间轴与核对表" in page and at > first)
    contents = "".join(pages[first:after])
    papers = [page for page in pages if page]
    start = len(papers) - volume.page_count - 1  # one back sheet follows the numbered pages
    for part in volume.parts:
        folios = f"{part['first']}—{part['last']}" if part["first"] != part["last"] else str(part["first"])
        assert re.sub(r"\s", "", part["title"]) + part["dated"] + folios in contents, part
        if part["number"]:
            assert part["number"] in papers[start + part["first"] - 1], part
