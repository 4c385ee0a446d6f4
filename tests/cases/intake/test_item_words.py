"""What was typed for an item that the list did not offer: kept with the lead, shown to whoever checks it."""

import pytest
from django.urls import reverse

from cases.dossier.models import Case
from catalog.models import ItemCode
from tests.cases.test_pages import browser, page_of, step_of
from tests.doors.drivers import at, form_values
from tests.doors.script import whole_case


def test_words_without_an_item_are_kept_and_stand_in_the_box_of_the_check(county):
    lead = {**step_of(county, "").values, "item": "", "item_text": "烧烤油烟扰民"}
    steps = whole_case(county)
    with at("2026-03-02T10:00"):
        assert browser(county.clerk).post(reverse("lead_new"), form_values(lead)).status_code == 302
    case = Case.objects.get()
    assert (case.item, case.item_words) == (None, "烧烤油烟扰民")
    for step in steps[1:3]:
        with at(step.at):
            client = browser(getattr(county, step.who))
            url = reverse(f"act-{step.move}", args=[case.pk])
            done = client.post(url, form_values(step.values) | {"version": Case.objects.get().version})
            assert done.status_code == 302, (step.move, done.content.decode()[:2000])
    with at(steps[3].at):
        page = browser(county.first).get(reverse("act-verify", args=[case.pk])).content.decode()
    assert 'name="item_text" value="烧烤油烟扰民"' in page


def test_a_chosen_item_needs_no_words(county):
    lead = {**step_of(county, "").values, "item_text": "户外广告"}
    with at("2026-03-02T10:00"):
        browser(county.clerk).post(reverse("lead_new"), form_values(lead))
    case = Case.objects.get()
    assert (case.item, case.item_words) == (county.item, "")


def test_the_full_name_of_an_item_typed_without_a_choice_is_the_item(county):
    name = county.item.versions.get().name
    lead = {**step_of(county, "").values, "item": "", "item_text": name}
    with at("2026-03-02T10:00"):
        browser(county.clerk).post(reverse("lead_new"), form_values(lead))
    case = Case.objects.get()
    assert (case.item, case.item_words) == (county.item, "")


@pytest.mark.parametrize("words", ["油" * 201, "油\x00烟"])
def test_words_the_database_cannot_keep_are_told_at_the_item(county, words):
    lead = {**step_of(county, "").values, "item": "", "item_text": words}
    with at("2026-03-02T10:00"):
        answer = browser(county.clerk).post(reverse("lead_new"), form_values(lead))
    assert answer.status_code == 422
    assert "item" in answer.context["form"].errors
    assert not Case.objects.exists()


def test_the_case_page_shows_what_was_said_until_and_after_an_item_is_named(county):
    lead = {**step_of(county, "").values, "item": "", "item_text": "烧烤油烟扰民"}
    with at("2026-03-02T10:00"):
        assert browser(county.clerk).post(reverse("lead_new"), form_values(lead)).status_code == 302
        page = browser(county.leader).get(reverse("case", args=[Case.objects.get().pk])).content.decode()
    assert "烧烤油烟扰民" in page
    assert county.item.versions.get().name not in page


def test_the_case_page_shows_name_code_and_basis_of_the_version_pinned_at_filing(until):
    door = until("approve-filing")
    version = door.county.item.versions.get()
    ItemCode.objects.create(item=door.county.item, code="330217001000", valid_from=version.valid_from)
    with at("2026-03-04T15:00"):
        before = page_of(door, "head")
    door.do(step_of(door.county, "approve-filing"))
    with at("2026-03-06T15:00"):
        after = page_of(door, "first")
    assert "今天有效的版本" in before
    assert "立案时固定的版本" in after
    link = f"{reverse('item', args=[door.county.item.pk])}?on={version.valid_from.isoformat()}"
    for page in (before, after):
        assert f'href="{link}">{version.name}</a>' in page
        assert all(words in page for words in ("330217001000", version.statute_name, version.penalty_article))
    assert browser(door.county.first).get(link).context["version"] == version
