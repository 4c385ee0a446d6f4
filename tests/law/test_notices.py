"""The yearly notice is read as published, and refused where it does not add up."""

from __future__ import annotations

from datetime import date

import pytest

from law.calendar import packaged_years
from law.errors import LawError
from law.notices import read_notice

NOTICE_2026 = """国办发明电〔2025〕7号
经国务院批准，现将2026年元旦、春节、清明节、劳动节、端午节、中秋节和国庆节放假调休日期的具体安排通知如下。
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月20日（周日）、10月10日（周六）上班。
"""


def test_the_notice_of_2026_gives_the_packaged_calendar():
    read = read_notice(NOTICE_2026, source="gov.cn")
    packaged = next(year for year in packaged_years() if year.year == 2026)
    assert read.notice == packaged.notice
    assert dict(read.days) == dict(packaged.days)


def test_the_notice_of_2025_with_two_holidays_together_gives_the_packaged_days():
    text = """国办发明电〔2024〕12号 关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。9月28日（周日）、10月11日（周六）上班。
"""
    read = read_notice(text, source="gov.cn")
    packaged = next(year for year in packaged_years() if year.year == 2025)
    assert {day: name.makeup for day, name in read.days.items()} == {
        day: name.makeup for day, name in packaged.days.items()
    }
    assert read.days[date(2025, 10, 6)].en == "National Day and Mid-autumn Festival"


def test_a_span_that_begins_in_the_year_before_keeps_to_its_own_year():
    longer = NOTICE_2026.replace(
        "1月1日（周四）至3日（周六）放假调休，共3天",
        "2025年12月31日（周三）至2026年1月3日（周六）放假调休，共4天",
    )
    assert longer != NOTICE_2026
    assert dict(read_notice(longer, source="x").days) == dict(read_notice(NOTICE_2026, source="x").days)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("共9天", "共8天"),
        ("5月9日（周六）", "5月9日（周日）"),
        ("2月15日（农历腊月二十八、周日）至23日", "2月30日至23日"),
        ("5月1日（周五）至5日（周二）放假", "五一放假"),
        ("现将2026年元旦", "现将元旦"),
        ("5月9日（周六）上班", "5月5日（周二）上班"),
        ("五、端午节：", "端午节 "),
        ("五、端午节：", "五、泼水节："),
    ],
)
def test_a_notice_that_does_not_add_up_is_refused(old, new):
    assert old in NOTICE_2026
    with pytest.raises(LawError):
        read_notice(NOTICE_2026.replace(old, new), source="gov.cn")


def test_a_text_without_holidays_is_refused():
    with pytest.raises(LawError) as error:
        read_notice("2027年部分节假日安排的通知", source="x")
    assert error.value.field == "notice"
