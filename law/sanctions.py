"""Kinds of administrative penalty and what each asks for: 行政处罚法第九条、第六十三条."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from enum import StrEnum

from law.errors import LawError


class PenaltyKind(StrEnum):
    """The kinds of penalty of 行政处罚法第九条."""

    WARNING = "warning"
    CRITICISM = "criticism"
    FINE = "fine"
    CONFISCATE_GAINS = "confiscate_gains"
    CONFISCATE_GOODS = "confiscate_goods"
    SUSPEND_LICENCE = "suspend_licence"
    DOWNGRADE = "downgrade"
    REVOKE_LICENCE = "revoke_licence"
    RESTRICT_BUSINESS = "restrict_business"
    SUSPEND_BUSINESS = "suspend_business"
    ORDER_CLOSURE = "order_closure"
    RESTRICT_PRACTICE = "restrict_practice"
    DETENTION = "detention"
    OTHER = "other"


NAMES: Mapping[PenaltyKind, tuple[str, str]] = {
    PenaltyKind.WARNING: ("警告", "warning"),
    PenaltyKind.CRITICISM: ("通报批评", "circulated criticism"),
    PenaltyKind.FINE: ("罚款", "fine"),
    PenaltyKind.CONFISCATE_GAINS: ("没收违法所得", "confiscation of illegal gains"),
    PenaltyKind.CONFISCATE_GOODS: ("没收非法财物", "confiscation of illegal goods"),
    PenaltyKind.SUSPEND_LICENCE: ("暂扣许可证件", "suspension of a licence"),
    PenaltyKind.DOWNGRADE: ("降低资质等级", "downgrading of a qualification"),
    PenaltyKind.REVOKE_LICENCE: ("吊销许可证件", "revocation of a licence"),
    PenaltyKind.RESTRICT_BUSINESS: ("限制开展生产经营活动", "restriction of business"),
    PenaltyKind.SUSPEND_BUSINESS: ("责令停产停业", "order to suspend business"),
    PenaltyKind.ORDER_CLOSURE: ("责令关闭", "order to close"),
    PenaltyKind.RESTRICT_PRACTICE: ("限制从业", "restriction of practice"),
    PenaltyKind.DETENTION: ("行政拘留", "administrative detention"),
    PenaltyKind.OTHER: ("法律、行政法规规定的其他行政处罚", "another penalty set by statute"),
}
HEARING_ALWAYS = frozenset(
    {
        PenaltyKind.DOWNGRADE,
        PenaltyKind.REVOKE_LICENCE,
        PenaltyKind.SUSPEND_BUSINESS,
        PenaltyKind.ORDER_CLOSURE,
        PenaltyKind.RESTRICT_PRACTICE,
    }
)
HEARING_BY_DEFAULT = frozenset(
    {PenaltyKind.SUSPEND_LICENCE, PenaltyKind.RESTRICT_BUSINESS, PenaltyKind.OTHER}
)
CONFISCATIONS = frozenset({PenaltyKind.CONFISCATE_GAINS, PenaltyKind.CONFISCATE_GOODS})
SUMMARY_KINDS = frozenset({PenaltyKind.WARNING, PenaltyKind.FINE})
_BY_NAME = {names[0]: kind for kind, names in NAMES.items()}


def read_kinds(kinds: Collection[str]) -> frozenset[PenaltyKind]:
    """Read kinds given as identifiers or by their Chinese names."""
    return frozenset(read_kind(kind) for kind in kinds)


def read_kind(text: str) -> PenaltyKind:
    """Read one kind, or refuse an unknown one."""
    known = _BY_NAME.get(text)
    if known is not None:
        return known
    try:
        return PenaltyKind(text)
    except ValueError:
        raise LawError(
            f"未知的处罚种类：{text}",
            field="penalty_kinds",
            code="penalty_kind_unknown",
            message_en=f"Unknown kind of penalty: {text}",
        ) from None


def kinds_zh(kinds: Collection[PenaltyKind]) -> str:
    """Name kinds in Chinese, in the order of the law."""
    return "、".join(NAMES[kind][0] for kind in PenaltyKind if kind in kinds)


def kinds_en(kinds: Collection[PenaltyKind]) -> str:
    """Name kinds in English, in the order of the law."""
    return ", ".join(NAMES[kind][1] for kind in PenaltyKind if kind in kinds)
