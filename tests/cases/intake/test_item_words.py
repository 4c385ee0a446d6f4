"""What was typed for an item that the list did not offer: kept with the lead, shown to whoever checks it."""

import pytest
from django.urls import reverse

from cases.dossier.models import Case
from tests.cases.test_pages import browser, step_of
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


@pytest.mark.parametrize("words", ["油" * 201, "油\x00烟"])
def test_words_the_database_cannot_keep_are_told_at_the_item(county, words):
    lead = {**step_of(county, "").values, "item": "", "item_text": words}
    with at("2026-03-02T10:00"):
        answer = browser(county.clerk).post(reverse("lead_new"), form_values(lead))
    assert answer.status_code == 422
    assert "item" in answer.context["form"].errors
    assert not Case.objects.exists()
