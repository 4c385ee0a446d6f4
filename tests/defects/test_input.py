"""What people and others type: shown, searched and exported as text, stored as what it proves to be."""

import csv
import io
from dataclasses import replace

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.instruments.models import Instrument
from cases.investigation.models import Exhibit
from desk.models import Draft
from papers.rendering import render_html
from tests.cases.standing import again, standing_at
from tests.doors.drivers import at, instant, photo

NOW = "2026-03-06T17:00"
EVIL = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'&{{ 7|add:7 }}{% now 'Y' %}"
FORMULA = '=HYPERLINK("http://example.org","点")'


def poisoned(county, step):
    """Type what a page must never run."""
    if step.move == "":
        return again_with(step, summary=EVIL, address=EVIL[:60])
    if step.move == "verify":
        return again_with(step, party_name=FORMULA, findings=EVIL, address=EVIL[:60], operator="@SUM(1)")
    return step


def again_with(step, **changes):
    return replace(step, values={**step.values, **changes})


laid = standing_at("add-exhibit", poisoned)


def browser(door, who="first"):
    return door.client(again(door, "add-exhibit", who=who))


def test_what_was_typed_is_shown_as_text_on_every_tab(standing):
    with at(NOW):
        for tab in ("overview", "parties", "documents", "trail", "clocks", "evidence", "discretion", "file"):
            url = reverse("case", args=[standing.case_id]) + f"?tab={tab}"
            page = browser(standing).get(url).content.decode()
            assert "<script>alert" not in page, tab
            assert "<img src=x" not in page, tab
        listed = browser(standing).get(reverse("cases")).content.decode()
        assert "<img src=x" not in listed
        home = browser(standing).get(reverse("home")).content.decode()
        assert "<script>alert" not in home


def test_what_was_typed_is_text_on_paper_too(standing):
    papers = Instrument.objects.filter(case=standing.case_id).select_related("paper")
    assert any("<script>" in str(paper.paper.content) for paper in papers)
    for instrument in papers:
        html = render_html(instrument.paper.template, instrument.paper.content)
        assert "<script>alert" not in html, instrument.kind
        assert "onerror=alert(2)>" not in html, instrument.kind
        assert "14{%" not in html, instrument.kind


def test_no_exported_cell_starts_a_formula(standing):
    Case.objects.filter(pk=standing.case_id).update(cause="\n=1+1", party_name="＝1+1")
    with at(NOW):
        answer = browser(standing).get(reverse("cases") + "?export=csv")
        rows = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert len(rows) == 2
    assert not [cell for row in rows for cell in row if cell[:1] in "=+-@\t\r\n＝＋－＠" and cell]


@pytest.mark.parametrize("wild", ["%", "_", "%%", "青_", "\\", "' OR 1=1 --", "%' --", "和平路%号"])
def test_a_wildcard_finds_itself_only(standing, wild):
    with at(NOW):
        answer = browser(standing).get(reverse("api-cases"), {"q": wild})
    assert answer.status_code == 200
    found = [case["id"] for case in answer.json()["results"]]
    assert found == [case.pk for case in Case.objects.all() if wild.upper() in case.search_text]


def exhibit(door, upload):
    step = again(door, "add-exhibit", at=NOW)
    with at(NOW):
        return browser(door).post(
            reverse("api-add-exhibit", args=[door.case_id]), {**step.values, "upload": upload}
        )


@pytest.mark.parametrize(
    ("name", "data", "claimed"),
    [
        ("照片.jpg", b"<html><script>alert(1)</script></html>", "image/jpeg"),
        ("照片.jpg", b"MZ\x90\x00" + b"\x00" * 200, "image/jpeg"),
        ("照片.svg", b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>', "image/svg+xml"),
        ("空.pdf", b"", "application/pdf"),
        ("脚本.pdf", b"#!/bin/sh\nrm -rf /\n", "application/pdf"),
    ],
)
def test_what_a_file_proves_to_be_counts_not_what_it_is_called(standing, name, data, claimed):
    answer = exhibit(standing, SimpleUploadedFile(name, data, content_type=claimed))
    assert answer.status_code in {400, 409}
    assert not Exhibit.objects.exists()
    assert standing.case().stage == Stage.INVESTIGATING


def test_a_file_above_the_limit_is_refused(standing, settings):
    settings.UPLOAD_LIMIT_BYTES = 1000
    answer = exhibit(standing, photo())
    assert answer.status_code == 413
    assert not Exhibit.objects.exists()


@pytest.mark.parametrize(
    "name", ["../../../etc/passwd.jpg", "..\\..\\boot.jpg", "a/b/c.jpg", "x" * 400 + ".jpg", "坏\r\nX: y.jpg"]
)
def test_a_path_in_a_file_name_leads_nowhere(standing, name):
    picture = photo()
    picture.name = name
    answer = exhibit(standing, picture)
    assert answer.status_code == 200
    stored = Exhibit.objects.get().file
    assert stored.file.name == f"{stored.sha256[:2]}/{stored.sha256}"
    assert not {"/", "\\"} & set(stored.name)
    with at(NOW):
        sent = browser(standing).get(reverse("case_file", args=[standing.case_id, stored.sha256]))
    assert sent.status_code == 200
    assert sent["X-Content-Type-Options"] == "nosniff"
    assert "X" not in {key for key in sent.headers if key == "X"}


def test_posted_columns_that_no_form_has_change_nothing(standing):
    case = standing.case()
    extra = {
        "stage": "archived",
        "number": "伪造1号",
        "handler": 1,
        "named": 1,
        "fine": "1",
        "filed_on": "2020-01-01",
        "is_open": False,
        "version": "",
        "id": 99,
        "county_id": 1,
        "at": "2020-01-01T00:00",
        "actor": standing.county.head.pk,
        "case": 99,
        "collected_by": standing.county.head.pk,
    }
    step = again(standing, "add-exhibit", at=NOW)
    with at(NOW):
        sent = {**step.values, **extra, "upload": photo()}
        answer = browser(standing).post(reverse("api-add-exhibit", args=[case.pk]), sent)
    assert answer.status_code == 200
    now = standing.case()
    for name in ("stage", "number", "handler_id", "named_id", "filed_on", "is_open", "county_id"):
        assert getattr(now, name) == getattr(case, name), name
    made = Exhibit.objects.get(case=case)
    assert made.collected_by == standing.county.first
    assert made.file.created_at == instant(NOW)


@pytest.mark.parametrize("version", ["²", "-1", "1e9", "9" * 40, "null", "真"])
def test_a_version_that_is_no_number_is_no_error(standing, version):
    step = again(standing, "add-exhibit", at=NOW)
    with at(NOW):
        sent = {**step.values, "version": version, "upload": photo()}
        answer = browser(standing).post(reverse("api-add-exhibit", args=[standing.case_id]), sent)
    assert answer.status_code in {200, 409}


def test_a_page_drawn_before_another_move_is_told_so(standing):
    step = again(standing, "add-exhibit", at=NOW)
    version = standing.case().version
    url = reverse("act-add-exhibit", args=[standing.case_id])
    with at(NOW):
        sent = {**step.values, "version": version}
        first = browser(standing).post(url, {**sent, "upload": photo()})
        second = browser(standing, "second").post(url, {**sent, "upload": photo()})
    assert first.status_code == 302
    assert second.status_code == 409
    assert Exhibit.objects.count() == 1
    assert step.values["proves"] in second.content.decode()


def test_zero_bytes_are_refused_and_no_error(standing):
    with at(NOW):
        client = browser(standing)
        draft = client.post(
            reverse("desk:draft", args=["lead-new"]), '{"a": "\\u0000"}', content_type="application/json"
        )
        found = client.get(reverse("api-cases"), {"q": "a\x00b"})
        lead = client.post(
            "/api/v1/leads/",
            {"source": "patrol", "summary": "a\x00b", "township": standing.county.township.pk},
            content_type="application/json",
        )
    assert draft.status_code == 400
    assert not Draft.objects.exists()
    assert found.status_code == 400
    assert lead.status_code == 400


@pytest.mark.parametrize("body", ["[]", "null", '"text"', "{", "1"])
def test_a_body_that_is_no_object_is_refused(standing, body):
    with at(NOW):
        url = reverse("api-order-correction", args=[standing.case_id])
        answer = browser(standing).post(url, body, content_type="application/json")
    assert answer.status_code == 400


def test_keys_beyond_every_row_are_not_found(standing):
    with at(NOW):
        client = browser(standing)
        client.raise_request_exception = False
        for pk in (0, 2**31, 2**63, 10**30):
            assert client.get(f"/cases/{pk}/").status_code == 404
            assert client.get(f"/api/v1/cases/{pk}/").status_code == 404
        assert client.get(reverse("routing_card"), {"item": "9" * 40, "township": "²"}).status_code == 200
        assert client.post(reverse("desk:read_notices"), {"notice": "9" * 40}).status_code < 500
