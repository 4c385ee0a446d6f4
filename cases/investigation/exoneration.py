"""What speaks against a penalty at all, and what the party gained: answered in the report."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from decimal import Decimal
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from law import gates
from law.errors import RuleViolation

ZERO = Decimal(0)


class Ground(TextChoices):
    """Why there is no penalty, or might be none (行政处罚法第三十条、第三十一条、第三十三条、第五十七条)."""

    MINOR = "minor", _("违法行为轻微并及时改正，没有造成危害后果")
    FIRST_MINOR = "first_minor", _("初次违法且危害后果轻微并及时改正")
    NO_FAULT = "no_fault", _("当事人有证据足以证明没有主观过错")
    INCAPABLE = "incapable", _("精神病人、智力残疾人不能辨认或者控制自己行为")
    UNDER_AGE = "under_age", _("不满十四周岁")
    NOT_ESTABLISHED = "not_established", _("违法事实不能成立")


# A penalty beside this finding is refused by this gate; after a first minor offence it needs its reasons.
BARRED = {
    Ground.MINOR.value: "must_not_punish_minor_violation",
    Ground.NO_FAULT.value: "no_fault",
    Ground.INCAPABLE.value: "incapacity",
    Ground.UNDER_AGE.value: "minor_under_14",
    Ground.NOT_ESTABLISHED.value: "facts_proved",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What the report answers beside facts and penalty."""

    ground: str = ""
    ground_reasons: str = ""
    illegal_gains: Decimal = ZERO
    gains_refunded: Decimal = ZERO
    gains_reasons: str = ""

    def stored(self) -> dict[str, Any]:
        """Give the columns of the report."""
        return asdict(self)


def exoneration_obstacles(answers: Answers, *, kinds: Sequence[str]) -> Iterator[RuleViolation]:
    """Find a penalty proposed against the report's own finding, or a finding without its reasons.

    行政处罚法第三十条、第三十一条、第三十三条、第四十条。
    """
    gate = BARRED.get(answers.ground)
    if kinds and gate:
        found = gates.violation(
            gate,
            detail=f"报告认定：{Ground(answers.ground).label}。",
            detail_en=f"the report finds '{answers.ground}'",
            field="ground",
        )
        yield found
    if answers.ground and not answers.ground_reasons.strip():
        if kinds and answers.ground == Ground.FIRST_MINOR:
            yield gates.violation("first_offence_may_exempt", field="ground_reasons").weighed("block")
        yield RuleViolation(
            "ground_without_reasons",
            "认定不予处罚的情形须写明事实和证据。",
            "行政处罚法第三十三条、第四十条",
            "在“认定的事实和理由”中写明，再提交报告。",
            message_en="State the facts and evidence behind this finding.",
            unblock_en="Write them under facts and reasons of the finding, then submit the report.",
            field="ground_reasons",
        )


def gains_obstacles(answers: Answers, *, confiscated: Decimal) -> Iterator[RuleViolation]:
    """Find illegal gains that are neither refunded nor confiscated, without a reason (第二十八条第二款)."""
    left = answers.illegal_gains - answers.gains_refunded - confiscated
    if answers.gains_refunded > answers.illegal_gains:
        yield gates.violation(
            "confiscate_illegal_gains",
            detail="退赔数额大于违法所得。",
            detail_en="more is returned than was gained",
            field="gains_refunded",
        )
    elif left > 0 and not answers.gains_reasons.strip():
        yield gates.violation(
            "confiscate_illegal_gains",
            detail=f"尚有{left}元未列入没收。",
            detail_en=f"{left} yuan are not confiscated",
            field="gains_reasons",
        )
