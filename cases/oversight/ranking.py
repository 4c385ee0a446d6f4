"""By what bodies may be set side by side: work and punctuality, never money (行政处罚法第七十四条第三款)."""

from law import gates
from law.errors import RuleViolation

MEASURES = ("cases", "open", "overdue", "in_time", "late")
MONEY = frozenset({"fine", "fines", "paid", "confiscated", "income", "revenue"})


def require_measure(measure: str) -> str:
    """Return the measure to rank bodies by; refuse fines and confiscations as one.

    行政处罚法第七十四条第三款。
    """
    if measure in MONEY:
        raise gates.violation("fine_not_performance_target", field="order").weighed("block")
    if measure not in MEASURES:
        raise RuleViolation(
            "measure_unknown",
            f"没有“{measure}”这一指标。",
            "行政处罚法第七十四条第三款",
            "按案件数、在办数、现已逾期数、按期数或超期数排序。",
            link="reports",
            message_en=f"There is no measure '{measure}'.",
            unblock_en="Rank by cases, open cases, cases overdue today, periods met or periods missed.",
            field="order",
        )
    return measure
