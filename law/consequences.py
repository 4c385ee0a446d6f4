"""What follows from the way a power is held, from name to publication: 行政处罚法第十七条至第二十四条."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from law.errors import LawError
from law.powers import MODES

TITLES: Mapping[str, tuple[str, str]] = {
    "name": ("文书名义和印章", "Name and seal"),
    "head": ("由谁决定", "Who decides"),
    "review": ("由谁法制审核", "Who reviews"),
    "coercion": ("强制措施", "Seizure and sealing"),
    "hearing": ("听证和裁量标准", "Hearing threshold and discretion"),
    "respondent": ("行政复议被申请人", "Respondent in reconsideration"),
    "review_organ": ("行政复议机关", "Organ of reconsideration"),
    "defendant": ("行政诉讼被告", "Defendant in court"),
    "liability": ("责任", "Liability"),
    "passing_on": ("再委托", "Passing on"),
    "publicity": ("公布", "Publication"),
}
PENALTY, REVIEW = "《中华人民共和国行政处罚法》", "《中华人民共和国行政复议法》"
SUIT, COERCION = "《中华人民共和国行政诉讼法》", "《中华人民共和国行政强制法》"
Said = tuple[str, str, str]
# What holds whatever the mode; {named} is the body in whose name the documents are issued.
COMMON: Mapping[str, Said] = {
    "name": ("{named}", "{named}", f"{PENALTY}第五十九条第二款"),
    "head": ("{named}负责人", "The head of {named}", f"{PENALTY}第五十七条第一款"),
    "review": ("{named}法制审核人员", "The reviewers of {named}", f"{PENALTY}第五十八条"),
    "coercion": (
        "法律、法规规定由{named}实施的，可以实施",
        "Where a law or regulation gives it to {named}",
        f"{COERCION}第十七条第一款",
    ),
    "hearing": ("按该事项所属领域的规定", "By the rules of the item's own sector", f"{PENALTY}第六十三条"),
    "respondent": ("{named}", "{named}", f"{REVIEW}第十九条第一款"),
    "review_organ": ("{government}", "{government}", f"{REVIEW}第二十四条第一款第（一）项"),
    "defendant": ("{named}", "{named}", f"{SUIT}第二十六条第一款"),
    "liability": ("{named}", "{named}", f"{PENALTY}第十七条"),
    "passing_on": (
        "须法律、法规、规章规定可以委托，并订立书面委托书",
        "Only where the law permits delegation, and in writing",
        f"{PENALTY}第二十条第一款、第二款",
    ),
    "publicity": (
        "公示实施机关、立案依据、实施程序和救济渠道",
        "Who enforces, on what basis, how, and the remedies",
        f"{PENALTY}第三十九条",
    ),
}
CHANGED: Mapping[str, Mapping[str, Said]] = {
    "own": {},
    "concentrated": {
        "coercion": (
            "可以实施法律、法规规定的与该处罚权有关的强制措施",
            "Measures tied to the penalty power",
            f"{COERCION}第十七条第二款",
        ),
        "liability": ("{named}", "{named}", f"{PENALTY}第十八条"),
        "publicity": (
            "国务院或者省级人民政府的决定",
            "The decision of the State Council or the province",
            f"{PENALTY}第十八条",
        ),
    },
    "authorised": {
        "coercion": (
            "法律、行政法规授权的，可以在法定授权范围内以自己名义实施",
            "Where a law or administrative regulation authorises it",
            f"{COERCION}第七十条",
        ),
        "review_organ": ("{government}", "{government}", f"{REVIEW}第二十四条第一款"),
        "liability": ("{named}", "{named}", f"{PENALTY}第十九条"),
    },
    "delegated": {
        "name": (
            "{named}；{handler}不得以自己名义作出",
            "{named}, never {handler}",
            f"{PENALTY}第二十条第四款、第五十九条第二款",
        ),
        "coercion": (
            "不得实施：行政强制措施权不得委托",
            "Never: the power may not be delegated",
            f"{COERCION}第十七条第一款",
        ),
        "respondent": ("{named}", "{named}", f"{REVIEW}第十九条第三款"),
        "defendant": ("{named}", "{named}", f"{SUIT}第二十六条第五款"),
        "liability": (
            "{named}监督{handler}并对后果承担法律责任",
            "{named} supervises {handler} and is liable",
            f"{PENALTY}第二十条第三款",
        ),
        "passing_on": (
            "{handler}不得再委托其他组织或者个人",
            "{handler} may not pass it on",
            f"{PENALTY}第二十条第四款",
        ),
        "publicity": (
            "{named}和{handler}都应当公布委托书",
            "{named} and {handler} both publish the agreement",
            f"{PENALTY}第二十条第二款",
        ),
    },
    "empowered": {
        "name": (
            "{named}；不得以其执法队名义作出",
            "{named}, never its squad",
            f"{PENALTY}第二十四条第一款、第五十九条第二款",
        ),
        "coercion": (
            "须有法律、法规的明确依据，没有的不得实施",
            "Only on an explicit basis of its own",
            f"{COERCION}第十七条第一款、第二十二条",
        ),
        "review_organ": ("{government}", "{government}", f"{REVIEW}第二十四条第一款第（二）项、第（三）项"),
        "liability": (
            "{named}；原行使部门负责指导、监督",
            "{named}; the department guides and supervises",
            f"{PENALTY}第二十四条",
        ),
        "passing_on": (
            "{handler}不得再委托或者转交",
            "{handler} may not pass it on",
            f"{PENALTY}第二十四条第一款",
        ),
        "publicity": (
            "省级决定和县级事项清单都应当公布",
            "The provincial decision and the county's list",
            f"{PENALTY}第二十四条第一款",
        ),
    },
}


@dataclass(frozen=True, slots=True)
class Consequence:
    """One thing that follows from the way a power is held, with its article."""

    key: str
    title_zh: str
    title_en: str
    zh: str
    en: str
    article: str

    def as_dict(self) -> dict[str, str]:
        """Give it as plain data."""
        return asdict(self)


def consequences_of(mode: str, *, handler: str, named: str, government: str) -> tuple[Consequence, ...]:
    """Tell all that follows for an act of this mode.

    handler: who does the work. named: in whose name. government: that of the county, which hears
    reconsideration.
    """
    if mode not in MODES:
        raise LawError(f"mode无效：{mode}", field="mode", code="unknown", message_en=f"Unknown mode: {mode}")
    names = {"handler": handler, "named": named, "government": government}
    said = {**COMMON, **CHANGED[mode]}
    return tuple(
        Consequence(key, *title, said[key][0].format(**names), said[key][1].format(**names), said[key][2])
        for key, title in TITLES.items()
    )
