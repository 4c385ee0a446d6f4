"""The acts on people's records: form, service, words, whose right; pages and REST serve the same table."""

from townships.staff_acts.act import StaffAct
from townships.staff_acts.certificates import CERTIFICATES, CODES
from townships.staff_acts.loans import LOANS
from townships.staff_acts.registers import AUXILIARIES, REGISTERS

__all__ = ["STAFF_ACTS", "StaffAct"]

STAFF_ACTS = (*CERTIFICATES, *CODES, *AUXILIARIES, *LOANS, *REGISTERS)
