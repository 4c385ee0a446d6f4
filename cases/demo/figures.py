"""The county's own figures of the demo: from which fine a hearing is due."""

from datetime import date, datetime

from audit.county import this_county
from cases.dossier import law_book, law_settings
from townships.models import Officer

HEARING_FINES = {"citizen": 10000, "organisation": 50000}


def set_figures(*, proposer: Officer, approver: Officer, valid_from: date, at: datetime) -> None:
    """Propose the figures by one person and approve them by another."""
    for party_type, amount in HEARING_FINES.items():
        setting = law_settings.propose(
            actor=proposer,
            at=at,
            key="hearing.fine",
            value={
                "value": amount,
                "unit": "yuan",
                "keys": {"place": str(this_county()), "party_type": party_type},
            },
            article="《中华人民共和国行政处罚法》第六十三条第一款",
            source="演示数据，非任何地方的正式标准",
            valid_from=valid_from,
        )
        law_settings.approve(setting=setting, actor=approver, at=at)
    law_book.forget()
