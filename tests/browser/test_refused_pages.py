"""409 and 413 in a real browser: told in Chinese with the request's id, and nothing typed is lost."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import expect

from cases.dossier.models import Case
from cases.investigation.models import Exhibit
from papers.models import StoredFile
from tests.browser.axe import problems
from tests.doors.drivers import photo

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MEGABYTE = 1024 * 1024
NUMBER = re.compile("请求编号 [0-9A-F]{4}-[0-9A-F]{4}")
CHECK = {
    "findings": "现场可见楼顶广告牌一处，长12米。",
    "party_kind": "organisation",
    "party_name": "青禾县云帆广告传媒有限公司",
    "credit_code": "91330000MA0000001X",
    "address": "青禾镇和平路118号",
    "ended_on": "2026-03-03",
}
EVIDENCE = {
    "kind": "documentary",
    "title": "楼顶广告牌照片",
    "proves": "未经批准设置广告牌",
    "place": "和平路118号楼顶",
    "collected_at": "2026-03-06T14:10",
}


def expect_typed(page, values) -> None:
    for name, value in values.items():
        field = page.locator(f'main [name="{name}"]')
        if field.first.get_attribute("type") == "radio":
            expect(page.locator(f'main [name="{name}"][value="{value}"]')).to_be_checked()
        else:
            expect(field).to_have_value(value)


def heavy(place: Path, size: int) -> Path:
    """Write a picture of exactly so many bytes."""
    data = photo().read()
    place.write_bytes(data + b"\0" * (size - len(data)))
    return place


def test_the_second_of_two_editors_is_told_and_goes_on_with_all_that_was_typed(visitor, before):
    door = before("verify")
    county, case = door.county, door.case()
    path = reverse("act-verify", args=[case.pk])
    one, other = visitor(county.first), visitor(county.second)
    for someone in (one, other):
        someone.open(path)
        someone.fill(CHECK)
    one.submit()
    expect(one.page.locator("main h1").first).to_contain_text("云帆广告")
    with other.page.expect_response(f"**{path}") as told:
        other.submit()
    assert told.value.status == 409
    gate = other.page.locator(".act-gate")
    expect(gate.get_by_role("alert")).to_contain_text("又有新的办理")
    expect(gate).to_contain_text(NUMBER)
    assert told.value.headers["x-request-id"] in gate.inner_text()
    expect_typed(other.page, CHECK)
    assert problems(other.page) == []
    assert Case.objects.get().verifications.count() == 1


def test_a_file_above_the_limit_is_refused_and_the_words_beside_it_stay(visitor, before, tmp_path):
    door = before("add-exhibit")
    county, case = door.county, door.case()
    path = reverse("act-add-exhibit", args=[case.pk])
    limit = settings.UPLOAD_LIMIT_BYTES
    someone = visitor(county.first)
    someone.open(path)
    expect(someone.page.locator("main form")).to_contain_text(f"不超过 {limit // MEGABYTE} MB")
    someone.fill(EVIDENCE, heavy(tmp_path / "a.jpg", limit + 1))
    with someone.page.expect_response(f"**{path}") as told:
        someone.submit()
    assert told.value.status == 413
    gate = someone.page.locator(".act-gate")
    expect(gate.get_by_role("alert")).to_contain_text(f"文件超过 {limit // MEGABYTE} MB")
    expect(gate).to_contain_text(NUMBER)
    expect_typed(someone.page, EVIDENCE)
    assert problems(someone.page) == []
    assert not Exhibit.objects.exists()
    someone.fill({}, heavy(tmp_path / "b.jpg", MEGABYTE))
    someone.submit()
    expect(someone.page.locator("main h1").first).to_contain_text("云帆广告")
    assert Exhibit.objects.get().title == EVIDENCE["title"]


def test_more_than_a_form_can_hold_gets_a_page_of_its_own_and_the_form_comes_back_filled(
    visitor, before, settings
):
    door = before("add-exhibit")
    county, case = door.county, door.case()
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = MEGABYTE // 10
    path = reverse("act-add-exhibit", args=[case.pk])
    someone = visitor(county.first)
    someone.open(path)
    someone.fill(EVIDENCE)
    long = "长" * settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    someone.page.evaluate("text => { document.querySelector('main [name=source]').value = text }", long)
    with someone.page.expect_response(f"**{path}") as told:
        someone.submit()
    assert told.value.status == 413
    page = someone.page
    expect(page.locator("h1")).to_have_text("内容太大，没有收下")
    expect(page.locator(".under")).to_contain_text(NUMBER)
    assert told.value.headers["x-request-id"] in page.locator(".under").inner_text()
    assert problems(page) == []
    page.locator("[data-back]").click()
    expect_typed(page, EVIDENCE)
    assert not Exhibit.objects.exists()


def test_a_damaged_file_and_an_act_out_of_its_stage_are_refused_on_pages_of_their_own(visitor, before):
    door = before("conclude")
    county, case = door.county, door.case()
    kept: StoredFile = Exhibit.objects.get().file
    place = Path(settings.MEDIA_ROOT) / str(kept.file)
    place.chmod(0o640)
    place.write_bytes(b"else")
    someone = visitor(county.first)
    answer = someone.page.goto(someone.home + reverse("case_file", args=[case.pk, kept.sha256]))
    assert answer is not None
    assert answer.status == 409
    expect(someone.page.locator("h1")).to_contain_text("与入库时的校验值不一致")
    expect(someone.page.locator(".under")).to_contain_text(NUMBER)
    assert problems(someone.page) == []
    place.unlink()
    answer = someone.page.goto(someone.home + reverse("act-submit-review", args=[case.pk]))
    assert answer is not None
    assert answer.status == 409
    expect(someone.page.locator("main .ways .btn-primary")).to_have_text("调查终结")
    expect(someone.page.locator(".under")).to_contain_text(NUMBER)
    assert problems(someone.page) == []
