"""How a grant stands on the day it was read for, in words: its state, and what is on record for later."""

from typing import Any

from django.utils.translation import gettext as _

from townships.models import GrantStatus

TONES = {
    GrantStatus.DRAFT: "grey",
    GrantStatus.SIGNED: "amber",
    GrantStatus.PUBLISHED: "blue",
    GrantStatus.IN_FORCE: "green",
    GrantStatus.SUSPENDED: "amber",
    GrantStatus.EXPIRED: "grey",
    GrantStatus.REVOKED: "red",
}
OVER = frozenset({GrantStatus.DRAFT, GrantStatus.EXPIRED, GrantStatus.REVOKED})


def standing(grant: Any) -> list[tuple[str, str]]:
    """Say in words with their tones how a grant stands, read with `as_of` a day."""
    state = GrantStatus(grant.standing)
    told = [(str(state.label), TONES[state])]
    if state in OVER:
        return told
    if grant.valid_from > grant.told_for:
        told.append((_("自 %(day)s 生效") % {"day": grant.valid_from}, "grey"))
    if pause := _pause(grant):
        told.append((pause, "amber"))
    if grant.revoked_on:
        told.append((_("自 %(day)s 撤销") % {"day": grant.revoked_on}, "amber"))
    return told


def in_a_line(grant: Any) -> str:
    """Say it in one line."""
    return " · ".join(words for words, _tone in standing(grant))


def _pause(grant: Any) -> str:
    """Tell of the suspension that begins later, or of the last day of the one that runs."""
    first, last = grant.suspended_from, grant.suspended_to
    if first is None or (grant.last_day and first > grant.last_day):
        return ""
    if first > grant.told_for:
        ahead = _("自 %(first)s 起中止") if last is None else _("%(first)s 至 %(last)s 中止")
        return ahead % {"first": first, "last": last}
    return _("至 %(last)s") % {"last": last} if last else ""
