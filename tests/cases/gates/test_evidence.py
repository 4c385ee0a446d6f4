"""Evidence that may not be used yet, or not at all: devices unreviewed, results untold, unlawfully taken."""

import pytest
from django.db import DatabaseError, transaction

from cases.dossier.stages import Stage
from cases.investigation.models import Exhibit
from cases.investigation.scrutiny import exclude_exhibit
from cases.investigation.services import add_exhibit
from tests.cases.standing import (
    again,
    denied,
    do,
    done,
    force,
    person,
    refused,
    standing_at,
    step_of,
)
from tests.doors.drivers import RestDoor, instant, photo
from tests.doors.script import Step

laid = standing_at("conclude")
REVIEWED = {
    "device": "和平路118号对面球机 QH-07",
    "basis": "《城市道路管理条例》第一条",
    "basis_level": "regulation",
    "legal_review": "青禾法审〔2025〕3号",
    "technical_review": "检定证书 2025-118",
    "published": "2025年6月1日县政府网站",
    "finding": "画面清晰、时间连续，能辨认行为人。",
}


def add(door, *, kind="audiovisual", by_device=True, title="球机录像截图"):
    step = step_of(door.county, "add-exhibit")
    values = {**step.values, "kind": kind, "title": title, "by_device": by_device}
    done(door, Step("2026-03-10T11:00", "first", "add-exhibit", values, step.files))
    return Exhibit.objects.latest("id")


def review(exhibit, **values):
    return Step(
        "2026-03-10T11:30", "first", "review-recording", {"exhibit": exhibit.pk, **REVIEWED, **values}
    )


def tell(exhibit, **values):
    told = {"result": "经检定，误差超过允许范围。", "objection": "收到本告知书之日起可以书面申请复检"}
    return Step("2026-03-10T11:40", "first", "tell-result", {"exhibit": exhibit.pk, **told, **values})


def exclude(exhibit, at="2026-03-10T11:50"):
    return Step(at, "first", "exclude-exhibit", {"exhibit": exhibit.pk, "reason": "以利诱方式取得。"})


def test_surveillance_device_reviewed_before_its_record_is_evidence(standing):
    exhibit = add(standing)
    found = denied(standing, "surveillance_device_reviewed", "第四十一条", again(standing, "conclude"))
    assert found["link"] == "case:review-recording"
    done(standing, review(exhibit))
    assert done(standing, again(standing, "conclude")).stage == Stage.INVESTIGATED


@pytest.mark.parametrize("name", ["basis", "legal_review", "technical_review", "published", "finding"])
def test_a_review_that_leaves_a_condition_of_the_law_open_is_none(standing, name):
    exhibit = add(standing)
    assert do(standing, review(exhibit, **{name: " "})).status_code == 400
    assert not hasattr(Exhibit.objects.get(pk=exhibit.pk), "device_review")


def test_a_device_without_a_basis_in_law_or_regulation_gives_no_evidence(standing):
    exhibit = add(standing)
    denied(standing, "surveillance_device_reviewed", "第四十一条", review(exhibit, basis_level="other"))


def test_recordings_of_a_case_that_came_from_a_camera_need_the_review_without_being_marked(standing):
    force("UPDATE cases_case SET source = 'camera' WHERE id = %s", standing.case_id)
    assert add(standing, by_device=False).by_device
    assert not add(standing, by_device=False, kind="documentary", title="照片").by_device


def test_the_database_takes_no_report_over_an_unreviewed_recording(standing):
    exhibit = add(standing, by_device=False)
    case = done(standing, again(standing, "conclude"))
    force("UPDATE cases_exhibit SET by_device = true WHERE id = %s", exhibit.pk)
    report = case.reports.get()
    report.pk, report.round = None, 2
    with pytest.raises(DatabaseError, match="device"), transaction.atomic():
        report.save(force_insert=True)


def test_test_result_told_before_the_report_where_the_sector_demands_it(standing):
    door = standing
    force("UPDATE catalog_itemversion SET domain = '市场监管'")
    exhibit = add(door, kind="expert", by_device=False, title="计量检定报告")
    found = denied(door, "test_result_told", "第三十二条", again(door, "conclude"))
    assert found["link"] == "case:tell-result"
    case = done(door, tell(exhibit))
    letter = case.instruments.get(kind="result_notice")
    assert "误差超过允许范围" in str(letter.paper.content["paragraphs"])
    assert done(door, again(door, "conclude")).stage == Stage.INVESTIGATED


def test_elsewhere_an_untold_result_is_a_warning_and_a_notice_says_how_to_object(standing):
    exhibit = add(standing, kind="expert", by_device=False, title="计量检定报告")
    assert do(standing, tell(exhibit, objection="")).status_code == 400
    assert done(standing, again(standing, "conclude")).stage == Stage.INVESTIGATED


def test_illegal_evidence_excluded_from_a_report_or_nothing_is_told_or_decided_on_it(standing):
    exhibit = add(standing, by_device=False)
    done(standing, again(standing, "conclude"))
    done(standing, exclude(exhibit, "2026-03-10T17:00"))
    found = denied(standing, "illegal_evidence_excluded", "第四十六条", again(standing, "issue-notice"))
    assert found["link"] == "case:return-report"
    done(standing, Step("2026-03-11T09:10", "head", "return-report", {"reason": "排除非法证据。"}))
    done(standing, again(standing, "conclude", at="2026-03-11T09:20"))
    listed = standing.case().instruments.filter(kind="evidence_list").latest("id").paper.content["evidence"]
    assert exhibit.title not in {row["name"] for row in listed}
    assert done(standing, again(standing, "issue-notice", at="2026-03-11T09:30")).stage == Stage.NOTICE_ISSUED


def test_what_was_excluded_stays_on_file_as_unlawful_and_is_not_excluded_twice(standing):
    exhibit = add(standing, by_device=False)
    done(standing, exclude(exhibit))
    kept = Exhibit.objects.get(pk=exhibit.pk)
    assert kept.unlawful
    assert kept.void_reason == "以利诱方式取得。"
    assert do(standing, exclude(exhibit)).status_code == 400
    with pytest.raises(DatabaseError), transaction.atomic():
        Exhibit.objects.filter(number=1, case_id=standing.case_id).update(unlawful=True)


def test_a_piece_of_another_case_is_not_excluded_here(standing):
    other = RestDoor(standing.county)
    other.walk([step_of(standing.county, "")])
    exhibit = Exhibit.objects.filter(case_id=standing.case_id).first()
    force("UPDATE cases_exhibit SET case_id = %s WHERE id = %s", other.case_id, exhibit.pk)
    with refused(standing.case(), "exhibit_not_here"):
        exclude_exhibit(
            case=standing.case(),
            actor=person(standing.county.first),
            at=instant("2026-03-10T12:00"),
            exhibit=Exhibit.objects.get(pk=exhibit.pk),
            reason="误选",
        )


def test_a_service_reads_the_device_mark_like_the_form(standing):
    made = add_exhibit(
        case=standing.case(),
        actor=person(standing.county.first),
        at=instant("2026-03-10T12:00"),
        kind="electronic",
        title="设备记录",
        proves="经过",
        source="设备导出",
        collected_at=instant("2026-03-10T11:00"),
        place="和平路118号",
        upload=photo(),
        by_device=True,
    )
    assert made.by_device
