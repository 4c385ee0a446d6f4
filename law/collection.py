"""What a late payer owes: the daily surcharge, its cap and its breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from law.book import LawBook
from law.errors import LawError
from law.parameters import decimal_parameter
from law.suspensions import Ignored, Suspension, sift, unite

FEN = Decimal("0.01")
SURCHARGE = "surcharge_3pct_daily"


@dataclass(frozen=True, slots=True)
class Surcharge:
    """A surcharge on a day: the days that accrue, the amount, and whether the cap is reached."""

    principal: Decimal
    days: int
    amount: Decimal
    capped: bool
    rate: Decimal
    article: str
    ignored: tuple[Ignored, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """Give the surcharge as plain data."""
        return {
            "principal": str(self.principal),
            "days": self.days,
            "amount": str(self.amount),
            "capped": self.capped,
            "rate": str(self.rate),
            "article": self.article,
        }


def surcharge(
    *,
    principal: Decimal,
    payment_due: date,
    paid_on: date,
    suspensions: Sequence[Suspension] = (),
    book: LawBook | None = None,
    profile: str = "national",
    place: str = "",
    sector: str = "",
) -> Surcharge:
    """Compute 3 % a day of the fine, never more than the fine: 行政处罚法第七十二条、行政强制法第四十五条."""
    if principal < 0:
        raise LawError(
            "罚款数额不能为负", field="principal", code="negative", message_en="A fine cannot be negative"
        )
    book = book or LawBook.default()
    clock = book.clock(SURCHARGE, on=payment_due, profile=profile)
    granted, ignored = sift(clock, suspensions, after=payment_due)
    days = (paid_on - payment_due).days
    last = paid_on + timedelta(days=1)
    for item in unite(clock, granted, after=payment_due):
        end = min(item.end or last, last)
        days -= max((end - item.first).days, 0)
    days = max(days, 0)
    where = {"place": place, "sector": sector}
    rate = decimal_parameter("surcharge.daily_rate", on=payment_due, book=book, **where)
    most = decimal_parameter("surcharge.cap", on=payment_due, book=book, **where)
    cap = (principal * most).quantize(FEN, ROUND_HALF_UP)
    raw = (principal * rate * days).quantize(FEN, ROUND_HALF_UP)
    return Surcharge(
        principal=principal,
        days=days,
        amount=min(raw, cap),
        capped=raw >= cap and days > 0,
        rate=rate,
        article=clock.article,
        ignored=tuple(ignored),
    )
