"""The order of numbers of documents as people count: by year, by word, 2号 before 10号."""

from django.db.models import CharField, F, Func, TextField, Value
from django.db.models.functions import Coalesce, Concat, LPad

TEXT = TextField()
# As long as a number may be, so that no digit is cut off.
WIDTH = 60


def _part(pattern: str) -> Coalesce:
    """Return what the pattern finds in the number, else nothing."""
    found = Func(F("number"), Value(pattern), function="substring", output_field=TEXT)
    return Coalesce(found, Value(""), output_field=TEXT)


_YEAR = _part(r"[〔\[【（(]([0-9]{4})[〕\]】）)]")
_WORD = Func(F("number"), Value(r"[0-9]+[^0-9]*$"), Value(""), function="regexp_replace", output_field=TEXT)
_RUNNING = LPad(_part(r"([0-9]+)[^0-9]*$"), WIDTH, Value("0"), output_field=CharField())
NUMBER_ORDER = Concat(
    LPad(_YEAR, 4, Value("0"), output_field=CharField()), _WORD, _RUNNING, output_field=TEXT
)
