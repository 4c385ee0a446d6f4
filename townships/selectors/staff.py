"""What each viewer may see and do of loans and changes of staff."""

from datetime import date

from django.db.models import Q, QuerySet

from audit.county import in_county
from townships.models import Officer, Secondment, StaffChange


def sees_share(viewer: Officer, lent: Secondment, on: date) -> bool:
    """Tell whether the share of appraisal is shown: to both bodies concerned, and to the county."""
    if viewer.body_on(on) in {lent.owner_id, lent.using_id}:
        return True
    return viewer.may("authority.edit", on) or viewer.may("staff.approve", on)


def may_call_back(viewer: Officer, lent: Secondment, on: date) -> bool:
    """Tell whether the viewer may end a loan that still runs."""
    return lent.valid_to >= on and viewer.scope(on, "staff.propose").covers(lent.officer.body_on(on))


def changes_seen_by(viewer: Officer, on: date) -> QuerySet[StaffChange]:
    """Return the changes a viewer may see: all for who approves, for heads those of their bodies."""
    if viewer.may("staff.approve", on):
        return in_county(StaffChange)
    scope = viewer.scope(on, "staff.propose")
    if scope.all_county:
        return in_county(StaffChange)
    bodies = list(scope.body_ids)
    return in_county(StaffChange).filter(Q(from_body__in=bodies) | Q(to_body__in=bodies))
