"""Tags and parts: icons, states, time left, dates, money, the day strip, the type-ahead."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django import forms
from django.template import Context, Template, TemplateSyntaxError
from django.utils.translation import override

from desk import formats, icons
from desk.strips import Day, strip
from desk.typeahead import TypeAhead, mark_matches


def render(source, **context):
    return Template(source).render(Context(context))


def test_every_listed_icon_can_be_drawn():
    assert all("<path" in icons.paths_of(name) for name in icons.names())


def test_an_unknown_icon_fails_loudly():
    with pytest.raises(icons.UnknownIcon):
        render('{% icon "no-such-icon" %}')


def test_an_unknown_tone_fails_loudly():
    with pytest.raises(TemplateSyntaxError):
        render('{% status "已结案" "purple" %}')


@pytest.mark.parametrize(
    ("call", "words", "tone"),
    [
        ('left=-2 unit="working"', "逾期 2 工作日", "is-red"),
        ("left=-1", "逾期 1 天", "is-red"),
        ("left=0", "今天到期", "is-amber"),
        ('left=3 unit="working"', "剩 3 工作日", "is-blue"),
        ("left=51", "剩 51 天", "is-grey"),
        ("met=True", "按期办结", "is-green"),
        ("paused=4", "已中止 4 天", "is-grey"),
        ('provisional="2027 年放假安排未导入"', "暂定：2027 年放假安排未导入", "is-amber"),
    ],
)
def test_the_clock_chip_says_working_days_or_days_in_words(call, words, tone):
    shown = render(f"{{% clock_chip {call} %}}")
    assert words in shown
    assert tone in shown


def test_dates_read_as_a_person_writes_them(freeze):
    freeze("2026-11-24")
    day = date(2026, 10, 9)
    assert formats.cn_date(day) == "2026年10月9日"
    assert formats.cn_date(day, "short") == "10月9日"
    assert formats.cn_date(day, "week") == "2026年10月9日 星期五"
    assert formats.cn_date(day, "brief") == "10-09"
    assert formats.cn_date(None) == ""


def test_a_short_day_of_another_year_names_that_year(freeze):
    freeze("2026-01-02")
    eve = datetime(2025, 12, 31, 1, tzinfo=UTC)
    assert formats.cn_date(eve, "short") == "2025年12月31日"
    assert formats.cn_datetime(eve, "short") == "2025年12月31日 09:00"
    assert formats.cn_datetime(eve, "brief") == "2025-12-31 09:00"
    with override("en"):
        assert formats.cn_date(eve, "short") == "31 December 2025"
        assert formats.cn_date(date(2026, 3, 9), "short") == "9 Mar"


def test_an_instant_is_shown_on_its_local_day(freeze):
    freeze("2026-11-24")
    late = datetime(2026, 10, 8, 17, 30, tzinfo=UTC)
    assert formats.cn_date(late, "short") == "10月9日"
    assert formats.cn_datetime(late, "short") == "10月9日 01:30"


@pytest.mark.parametrize(
    ("amount", "words"),
    [(Decimal("12000.00"), "12,000"), (Decimal("380.50"), "380.50"), (0, "0"), (None, "")],
)
def test_money_shows_fen_only_when_there_are_any(amount, words):
    assert formats.money(amount) == words


def test_the_matched_words_are_marked_and_the_rest_is_escaped():
    assert mark_matches("店外<经营>", "店外") == "<mark>店外</mark>&lt;经营&gt;"
    assert mark_matches("门店超出门、窗外墙", "店外") == "门<mark>店</mark>超出门、窗<mark>外</mark>墙"
    assert mark_matches("无关", "店外") == "无关"


def days(kinds, start=date(2026, 9, 28)):
    number = 0
    result = []
    for offset, kind in enumerate(kinds):
        number += kind in {"counted", "due"}
        shown = number if kind in {"counted", "due"} else None
        result.append(Day(start + timedelta(days=offset), kind, shown))
    return result


def test_the_day_strip_says_the_same_in_a_sentence():
    counted = ["start", "counted", "counted", *["off"] * 7, "counted", "counted", "due"]
    drawn = strip(days(counted), today=date(2026, 10, 9))
    assert len(drawn.cells) == 13
    assert [cell.foot for cell in drawn.cells] == ["起", "1", "2", *["休"] * 7, "3", "4", "5"]
    assert [cell.head for cell in drawn.cells if cell.today] == ["9"]
    assert [cell.month for cell in drawn.cells if cell.month] == ["9月", "10月"]
    assert drawn.sentence == (
        "9月28日起算，当日不计；9月29日至9月30日计入；10月1日至10月7日放假不计；10月8日至10月9日计入；10月10日届满"
    )


def test_a_long_strip_folds_its_runs():
    drawn = strip(days(["start", *(["counted"] * 5 + ["off"] * 2) * 8, "due"]), today=date(2026, 10, 1))
    assert len(drawn.cells) <= 20
    assert any(cell.foot == "休2天" for cell in drawn.cells)


class ItemForm(forms.Form):
    item = forms.CharField(
        required=False, widget=TypeAhead(url="/find/", label_of=lambda value: f"事项{value}")
    )


def test_a_type_ahead_shows_the_words_of_its_value_and_names_its_list():
    shown = render("{% field form.item %}", form=ItemForm(initial={"item": "7"}))
    assert 'value="事项7"' in shown
    assert 'aria-controls="id_item_list"' in shown
    assert 'hx-get="/find/"' in shown


def test_words_typed_without_a_choice_come_back_with_the_form():
    form = ItemForm({"item": "", "item_text": "店外"})
    assert form.is_valid()
    assert 'value="店外"' in render("{% field form.item %}", form=form)


class DayForm(forms.Form):
    on = forms.DateField(label="哪天", help_text="工作日")
    at = forms.DateTimeField(required=False)


def test_a_date_field_is_the_browsers_own_and_carries_iso_values():
    shown = render("{% field form.on %}{% field form.at %}", form=DayForm(initial={"on": date(2026, 10, 9)}))
    assert 'type="date"' in shown
    assert 'value="2026-10-09"' in shown
    assert 'type="datetime-local"' in shown


def test_an_error_is_tied_to_its_field():
    shown = render("{% field form.on %}", form=DayForm({"on": "x"}))
    assert 'aria-describedby="id_on_error id_on_hint"' in shown
    assert 'aria-invalid="true"' in shown
    assert 'id="id_on_error"' in shown


def test_a_fixed_part_sees_nothing_of_the_request_and_speaks_each_language():
    part = Template('{% load i18n %}{% fixed %}{{ who }}{% translate "查找" %}{% endfixed %} {{ who }}')
    with override("zh-hans"):
        assert part.render(Context({"who": "甲"})) == "查找 甲"
    with override("en"):
        assert part.render(Context({"who": "乙"})) == "Search 乙"
    with override("zh-hans"):
        assert part.render(Context({"who": "丙"})) == "查找 丙"
