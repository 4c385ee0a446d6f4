"""Which documents a case has, and which files belong to it: asked through every table that keeps one."""

from dataclasses import dataclass
from datetime import date, datetime

from django.apps import apps
from django.db.models import Q, QuerySet

from audit import statements
from cases.dossier.models import Case
from cases.dossier.reading import read_once
from cases.dossier.stages import Stage
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from papers.models import StoredFile

# (model, path to the file, path to the case): the stages above are named, not imported.
KEEPERS = (
    ("Exhibit", "file", "case"),
    ("Scan", "file", "case"),
    ("Service", "proof", "instrument__case"),
    ("Statement", "file", "notice__case"),
    ("Payment", "proof", "case"),
    ("Outcome", "file", "case"),
    ("Volume", "file", "case"),
)


@dataclass(frozen=True, slots=True)
class Issued:
    """What is asked of a document most often: its kind, how far it has come, when it was issued."""

    pk: int
    kind: str
    number: str
    state: str
    issued_at: datetime

    def __str__(self) -> str:
        return f"{self.kind_label} {self.number}".strip()

    @property
    def kind_label(self) -> str:
        """The kind in words."""
        return str(Kind(self.kind).label)


ISSUED = """
    SELECT id, kind, number, state, issued_at FROM cases_instrument WHERE case_id = %s::bigint
    ORDER BY issued_at, id
"""


@read_once
def issued(case: Case) -> list[Issued]:
    """List the case's documents in the order of their issue."""
    return [Issued(*row) for row in statements.rows(ISSUED, [case.pk])]


def count_of(case: Case, kind: Kind) -> int:
    """Count the case's documents of a kind."""
    return sum(document.kind == kind for document in issued(case))


def last_of(case: Case, kind: Kind) -> datetime | None:
    """Tell when the case's newest document of a kind was issued."""
    return max((document.issued_at for document in issued(case) if document.kind == kind), default=None)


# Served by a move of their own are the notice and the decision; by this one, what else must be served.
SERVED_APART = (
    Kind.CORRECTION,
    Kind.HEARING_NOTICE,
    Kind.HOLD_NOTICE,
    Kind.HOLD_DISPOSAL,
    Kind.RESULT_NOTICE,
    Kind.PAYMENT_TERMS,
    Kind.SURCHARGE,
)


def unserved(case: Case) -> QuerySet[Instrument]:
    """Return the orders and hearing notices of the case that wait to be served."""
    waiting = Instrument.objects.filter(case=case, kind__in=SERVED_APART, state=Instrument.State.ISSUED)
    return waiting.order_by("id")


def has_served_apart(case: Case) -> bool:
    """Tell whether the case has an order or hearing notice at all."""
    return any(count_of(case, kind) for kind in SERVED_APART)


def hearing_unannounced(case: Case, on: date) -> bool:
    """Tell whether a hearing is called and its notice not served: seven working days run from the service.

    行政处罚法第六十四条第（二）项。
    """
    return case.stage == Stage.HEARING and any(
        document.kind == Kind.HEARING_NOTICE and document.state == Instrument.State.ISSUED
        for document in issued(case)
    )


def file_of(case: Case, sha256: str) -> StoredFile | None:
    """Return the file with this digest if the case keeps it, else None."""
    stored = StoredFile.objects.filter(county_id=case.county_id, sha256=sha256).first()
    if stored is None:
        return None
    for name, to_file, to_case in KEEPERS:
        model = apps.get_model("cases", name)
        if model._default_manager.filter(Q(**{to_file: stored}) & Q(**{to_case: case})).exists():
            return stored
    return None
