"""REST of people's records: each act of the table, and the registers."""

from collections.abc import Mapping
from typing import Any

from desk import clock
from townships.api.posting import Posting
from townships.models import Officer
from townships.staff_acts import STAFF_ACTS, StaffAct


def _posting(act: StaffAct) -> Posting:
    def do(target: Any, values: dict[str, Any], officer: Officer) -> Any:
        about = {act.about: target} if act.about else {}
        return act.service(actor=officer, at=clock.now(), **about, **values)

    def find(officer: Officer, keys: dict[str, int]) -> Any:
        return act.find(officer, keys, clock.today())

    return Posting(act.name.replace("_", "-"), act.form, do, find, act.code, str(act.title))


STAFF_POSTINGS: Mapping[str, Posting] = {act.path: _posting(act) for act in STAFF_ACTS}
