"""A refused act without a form is told on the next page, in the reader's language."""

import pytest
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.utils.translation import override

from desk.refusals import refusal_told
from law.errors import RuleViolation

REFUSAL = RuleViolation(
    "second_person_required",
    "起草的人不能自己发布",
    unblock="请另一人发布",
    message_en="Whoever prepared it may not publish it",
    unblock_en="Ask another person",
)


@pytest.mark.parametrize(
    ("language", "told"),
    [
        ("zh-hans", "起草的人不能自己发布 请另一人发布"),
        ("en", "Whoever prepared it may not publish it Ask another person"),
    ],
)
def test_a_refusal_and_its_way_out_are_told_in_the_language_of_the_page(rf, language, told):
    request = rf.post("/")
    request.session = {}
    request._messages = FallbackStorage(request)
    with override(language), refusal_told(request):
        raise REFUSAL
    assert [str(message) for message in get_messages(request)] == [told]


@pytest.mark.django_db
@pytest.mark.parametrize("template", ["components/violation.html", "409.html"])
def test_a_refusal_links_neither_to_a_mere_name_nor_to_the_page_it_stands_on(rf, template):
    shown = {}
    for link in ("agreements", "/authority/", "/items/"):
        refusal = RuleViolation("any", "不行", unblock="这样办", link=link)
        shown[link] = render_to_string(template, {"violation": refusal}, rf.get("/authority/"))
    assert ["去处理" in page for page in shown.values()] == [False, False, True]
    assert 'href="/items/"' in shown["/items/"]


def test_what_is_no_refusal_is_not_swallowed(rf):
    with pytest.raises(ValueError, match="other"), refusal_told(rf.post("/")):
        raise ValueError("other")
