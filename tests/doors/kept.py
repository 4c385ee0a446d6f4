"""The script, walked once in a process: the county as it stood before an act is put back row by row."""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cases.dossier import law_book
from papers import files
from papers.models import StoredFile
from tests.doors.county import found_county
from tests.doors.drivers import RestDoor
from tests.doors.script import whole_case
from tests.plugins import rows
from townships.selectors import remembered


@dataclass(frozen=True, slots=True)
class Moment:
    """A door, and all that stands behind it."""

    door: RestDoor
    rows: rows.Rows
    files: Mapping[str, bytes]

    def again(self) -> RestDoor:
        """Write what stood there, with the same keys, and open the door anew."""
        rows.put_back(self.rows)
        for name, data in self.files.items():
            place = Path(settings.MEDIA_ROOT) / name
            # A test may have damaged it, or keep its files elsewhere.
            if not place.exists() or place.read_bytes() != data:
                place.unlink(missing_ok=True)
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(data)
        law_book.forget()
        return copy.deepcopy(self.door)


def moments() -> Mapping[str, Moment]:
    """Walk the script as if there was nothing else; keep what stands before each act, and nothing else."""
    found = {}
    with transaction.atomic():
        rows.empty_written_tables()
        door = RestDoor(found_county())
        for step in whole_case(door.county):
            stored = {str(one.file): files.open_checked(one) for one in StoredFile.objects.all()}
            found[step.move] = Moment(copy.deepcopy(door), rows.taken(), stored)
            if step.move != "archive":
                door.walk([step])
        transaction.set_rollback(True)
    law_book.forget()
    remembered.forget()
    return found
