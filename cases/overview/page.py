"""The case page: header, rail, next step, timeline, and one tab at a time, which reads only what it shows."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit.selectors import first_broken_link, told_of
from cases.archive.models import Volume
from cases.archive.shelving import number_of
from cases.clocks.explain import explain
from cases.clocks.models import Clock
from cases.clocks.selectors import clocks_of
from cases.clocks.services import PARTY_CLOCKS
from cases.decision.outcomes import is_revoked, outcomes_of
from cases.dossier.duties import certificates_held, deeds
from cases.dossier.models import Case
from cases.dossier.reading import already_read
from cases.flow.nextsteps import gates_of, next_actions
from cases.instruments.selectors import issued
from cases.investigation.models import Exhibit
from cases.overview import documents
from cases.overview.discretion import discretion_of
from cases.overview.guidance import guided
from cases.overview.matter import matter_of
from cases.overview.progress import in_words, rail, timeline_of
from cases.overview.selectors import REMEDIES
from cases.overview.tiles import tiles_of
from law import gates
from law.duties import CertificateFact
from townships.models import Officer

TABS: Mapping[str, str | Promise] = {
    "overview": _("概况"),
    "evidence": _("证据"),
    "documents": pgettext_lazy("several", "文书"),
    "clocks": pgettext_lazy("several", "时限"),
    "parties": pgettext_lazy("several", "当事人"),
    "discretion": _("处罚裁量"),
    "trail": _("过程记录"),
    "file": _("卷宗"),
}
COUNTED = {"exhibit_added": "evidence", "instrument_issued": "documents"}
MOST_EVENTS = 500
EXPIRES_SOON = timedelta(days=60)


def page_of(officer: Officer, case: Case, *, on: date, tab: str) -> dict[str, Any]:
    """Collect the frame of the page and the one tab it shows, in a fixed number of queries."""
    tab = tab if tab in TABS else "overview"
    events = told_of(case.chain, limit=MOST_EVENTS)
    if len(events) < MOST_EVENTS:
        already_read(deeds, {(event["verb"], event["actor_id"]) for event in events}, case)
    clocks = clocks_of(case)
    running = [clock for clock in clocks if clock.state == Clock.State.RUNNING]
    next_clock = next((clock for clock in running if _presses(clock, on)), None)
    return {
        "case": case,
        "tab": tab,
        "tabs": tabs_of(case, tab, _counts(events, running)),
        "rail": rail(case, events),
        "next_clock": next_clock,
        "why": explain(next_clock, on=on) if next_clock else None,
        "officers": officers_of(case, on=on),
        "soon": on + EXPIRES_SOON,
        **FILLERS[tab](officer, case, on, events, clocks),
    }


def _presses(clock: Clock, on: date) -> bool:
    """Tell whether a period belongs into the head: the party's own only while it may still be used."""
    if clock.due_on is None or clock.kind in REMEDIES:
        return False
    return clock.kind not in PARTY_CLOCKS or clock.due_on >= on


def tabs_of(case: Case, tab: str, counts: Mapping[str, int]) -> list[dict[str, Any]]:
    """List the tabs with their counts."""
    here = reverse("case", args=[case.pk])
    return [
        {"url": here if key == "overview" else f"{here}?tab={key}", "label": label, "active": key == tab}
        | ({"count": counts[key]} if counts.get(key) else {})
        for key, label in TABS.items()
    ]


def _counts(events: list[dict[str, Any]], running: list[Clock]) -> dict[str, int]:
    counts = {"clocks": len(running), "trail": len(events)}
    for event in events:
        key = COUNTED.get(event["verb"])
        if key:
            counts[key] = counts.get(key, 0) + 1
    return counts


def officers_of(case: Case, *, on: date) -> list[tuple[Officer, CertificateFact | None]]:
    """Return the two officers, each with the certificate that holds that day."""
    people = [officer for officer in (case.lead_officer, case.second_officer) if officer]
    held = certificates_held(people, on=on)
    return [(officer, held.get(officer.pk)) for officer in people]


Filler = Callable[[Officer, Case, date, list[dict[str, Any]], list[Clock]], dict[str, Any]]


def _overview(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    found = next_actions(officer, case, on=on)
    return {
        "next": found,
        "guided": guided(case),
        "matter": matter_of(case, on=on),
        "outcomes": outcomes_of(case),
        "redecision": gates.violation("no_identical_redecision") if is_revoked(case) else None,
        "may_register": officer.may("lead.register", on),
        "gates": gates_of(case, found),
        "timeline": timeline_of(case, events, issued(case)),
        "clocks": [clock for clock in clocks if clock.state == Clock.State.RUNNING],
    }


def _evidence(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    exhibits = Exhibit.objects.filter(case=case).select_related("file").order_by("number")
    return {"tiles": tiles_of(case, exhibits), "records": case.records.order_by("started_at")}


def _documents(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    return {"documents": documents.drawn_rows(case)}


def _clocks(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    return {"clocks": [(clock, explain(clock, on=on)) for clock in clocks]}


def _parties(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    return {"may_see_personal": officer.may("case.view_personal", on)}


def _discretion(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    return discretion_of(officer, case, on=on)


def _trail(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    broken = first_broken_link(case.chain)
    return {"events": in_words(events), "broken": broken, "may_see_requests": officer.may("trail.view", on)}


def _file(
    officer: Officer, case: Case, on: date, events: list[dict[str, Any]], clocks: list[Clock]
) -> dict[str, Any]:
    volume = Volume.objects.filter(case=case).select_related("bound_by").order_by("-id").first()
    may_print = officer.may("case.print", on)
    return {
        "volume": volume,
        "archive_number": number_of(case),
        "may_print": may_print,
        "instruments": documents.contents_of(case),
    }


FILLERS: Mapping[str, Filler] = {
    "overview": _overview,
    "evidence": _evidence,
    "documents": _documents,
    "clocks": _clocks,
    "parties": _parties,
    "discretion": _discretion,
    "trail": _trail,
    "file": _file,
}
