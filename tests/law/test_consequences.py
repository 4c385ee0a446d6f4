"""What follows from each way of holding a power, worked out by hand from the articles."""

from __future__ import annotations

import pytest

from law.consequences import TITLES, consequences_of
from law.errors import LawError
from law.powers import MODES

# By mode and consequence: words of what is told, and the article.
BY_HAND = {
    "own": {
        "name": ("建设局", "处罚法》第五十九条第二款"),
        "head": ("建设局负责人", "第五十七条第一款"),
        "review": ("建设局法制审核人员", "第五十八条"),
        "coercion": ("法律、法规规定", "强制法》第十七条第一款"),
        "hearing": ("所属领域", "第六十三条"),
        "respondent": ("建设局", "复议法》第十九条第一款"),
        "review_organ": ("县政府", "复议法》第二十四条第一款第（一）项"),
        "defendant": ("建设局", "诉讼法》第二十六条第一款"),
        "liability": ("建设局", "第十七条"),
        "passing_on": ("书面委托书", "第二十条第一款"),
        "publicity": ("救济渠道", "第三十九条"),
    },
    "concentrated": {
        "coercion": ("与该处罚权有关", "强制法》第十七条第二款"),
        "respondent": ("建设局", "复议法》第十九条第一款"),
        "defendant": ("建设局", "诉讼法》第二十六条第一款"),
        "publicity": ("省级人民政府的决定", "第十八条"),
    },
    "authorised": {
        "coercion": ("以自己名义", "强制法》第七十条"),
        "respondent": ("建设局", "复议法》第十九条第一款"),
        "defendant": ("建设局", "诉讼法》第二十六条第一款"),
    },
    "delegated": {
        "name": ("建设局；青禾镇不得以自己名义", "第二十条第四款"),
        "head": ("建设局负责人", "第五十七条第一款"),
        "review": ("建设局法制审核人员", "第五十八条"),
        "coercion": ("不得委托", "强制法》第十七条第一款"),
        "respondent": ("建设局", "复议法》第十九条第三款"),
        "review_organ": ("县政府", "第二十四条第一款第（一）项"),
        "defendant": ("建设局", "诉讼法》第二十六条第五款"),
        "liability": ("建设局监督青禾镇", "第二十条第三款"),
        "passing_on": ("青禾镇不得再委托", "第二十条第四款"),
        "publicity": ("建设局和青禾镇都应当公布", "第二十条第二款"),
    },
    "empowered": {
        "name": ("青禾镇；不得以其执法队", "第五十九条第二款"),
        "head": ("青禾镇负责人", "第五十七条第一款"),
        "review": ("青禾镇法制审核人员", "第五十八条"),
        "coercion": ("须有法律、法规的明确依据", "强制法》第十七条第一款、第二十二条"),
        "respondent": ("青禾镇", "复议法》第十九条第一款"),
        "review_organ": ("县政府", "第二十四条第一款第（二）项、第（三）项"),
        "defendant": ("青禾镇", "诉讼法》第二十六条第一款"),
        "liability": ("原行使部门负责指导", "第二十四条"),
        "passing_on": ("青禾镇不得再委托", "第二十四条第一款"),
        "publicity": ("县级事项清单", "第二十四条第一款"),
    },
}


@pytest.mark.parametrize("mode", MODES)
def test_all_that_follows_is_told_with_its_article(mode):
    handler = "青禾镇" if mode in ("delegated", "empowered") else "建设局"
    named = "青禾镇" if mode == "empowered" else "建设局"
    found = consequences_of(mode, handler=handler, named=named, government="县政府")
    assert [row.key for row in found] == list(TITLES)
    assert all(row.zh and row.en and row.article and "{" not in row.zh + row.en for row in found)
    told = {row.key: row for row in found}
    for key, (words, article) in BY_HAND[mode].items():
        assert words in told[key].zh, (mode, key)
        assert article in told[key].article, (mode, key)


def test_another_mode_is_refused():
    with pytest.raises(LawError):
        consequences_of("borrowed", handler="甲", named="乙", government="丙")
