"""The filter of the case list is laid out once, and shows each request what that request asked."""

from django.http import QueryDict
from django.utils.translation import override

from cases.overview.forms import asked_by
from tests.factories.townships import BodyFactory
from townships.models.bodies import BodyKind
from townships.selectors import remembered


def drawn(address: str) -> str:
    return asked_by(QueryDict(address)).drawn


def test_kept_fields_show_what_this_request_asked(db):
    plain = drawn("")
    asked = drawn("due=overdue&mine=on&q=%3Cb%3E&due=today")
    assert drawn("") == plain
    assert "selected" not in plain.replace('<option value="" selected>', "")
    assert "checked" not in plain
    assert '<option value="today" selected>' in asked
    assert 'value="&lt;b&gt;"' in asked
    assert asked.count("checked") == 1


def test_kept_fields_speak_the_language_of_the_page_and_say_what_is_wrong(db):
    with override("en"):
        assert "Search" in drawn("")
    with override("zh-hans"):
        assert "查找" in drawn("")
        assert 'aria-describedby="id_step_error"' in drawn("step=99")


def test_kept_fields_offer_a_township_that_came(db):
    assert "新设镇" not in drawn("")
    BodyFactory(kind=BodyKind.TOWNSHIP, name="新设镇", short_name="新设镇")
    remembered.forget()
    assert "新设镇" in drawn("")
