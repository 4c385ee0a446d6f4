"""Where the handling guide of the item is shown: while a case is checked and investigated."""

from cases.dossier.models import Case
from cases.dossier.stages import Stage

AT_WORK = frozenset({Stage.VERIFYING, Stage.INVESTIGATING})


def guided(case: Case) -> bool:
    """Tell whether the stage has use for the guide; it is fetched beside the page."""
    return case.stage in AT_WORK and case.item_id is not None
