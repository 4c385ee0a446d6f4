"""Face of the stages' jobs and subscribers, so that every process knows them."""

from cases.instruments import tasks as instruments
from cases.oversight import tasks as oversight
from cases.periods import tasks as periods
from cases.routing import tasks as routing

__all__ = ["instruments", "oversight", "periods", "routing"]
