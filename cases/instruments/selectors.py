"""Which files belong to a case: asked through every table that keeps one."""

from django.apps import apps
from django.db.models import Q

from cases.dossier.models import Case
from papers.models import StoredFile

# (model, path to the file, path to the case): the stages above are named, not imported.
KEEPERS = (
    ("Exhibit", "file", "case"),
    ("Scan", "file", "case"),
    ("Service", "proof", "instrument__case"),
    ("Statement", "file", "notice__case"),
    ("Payment", "proof", "case"),
    ("Volume", "file", "case"),
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
