"""Load the demo county: bodies, people and powers first; then all cases, day by day."""

import heapq
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction

from cases.demo.accounts import choose_password
from cases.demo.diary import instant, latest_known_day
from cases.demo.figures import set_figures
from cases.demo.ground import Ground, find, lay
from cases.demo.people import hire, send_on_leave
from cases.demo.powers import grant_all
from cases.demo.staff import enlist
from cases.demo.stories import Story, stories
from cases.demo.walk import Step, Walk, begin
from cases.dossier.models import Case
from catalog.starters import load_starter, starters
from law.errors import RuleViolation
from papers.ahead import Ahead
from papers.models import Paper
from papers.services import render
from townships.models import Body, County, Officer
from townships.roles import Role
from townships.selectors import holders_of

BEFORE_FIRST_CASE = timedelta(days=60)
LISTS = ("LH", "SZ")
Tell = Callable[[str], None]


def silent(_line: str) -> None:
    """Tell nobody."""


def load(*, today: date, tell: Tell = silent, told: Sequence[Story] = ()) -> bool:
    """Load what of the demo is not there yet, all cases or none; False when it is complete."""
    today = latest_known_day(today)
    told = told or stories()
    if not County.objects.exists():
        tell("bodies, people, lists and powers")
        settle(today=today, opening=opening_day(told, today))
    ground = find()
    if is_told(told, ground):
        return False
    tell(f"{len(told)} cases")
    with transaction.atomic():
        live(told, ground, today=today, tell=tell)
        enlist(ground, today=today)
        send_on_leave(at=instant(today, 1), today=today)
    return True


def opening_day(told: Iterable[Story], today: date) -> date:
    """Return the day on which the county of the demo began to work."""
    return today - timedelta(days=max(story.starts for story in told)) - BEFORE_FIRST_CASE


@transaction.atomic
def settle(*, today: date, opening: date) -> Ground:
    """Lay the county: people, lists published by two persons, powers, figures."""
    ground, at = lay(), instant(opening)
    hire(ground, at=at, today=today, password=choose_password())
    uploader, publisher, legal, second = (
        Officer.objects.get(username=name) for name in ("catalog", "catalog2", "legal", "legal2")
    )
    for code in LISTS:
        first_day = None if "valid_from" in starters()[code].about else opening
        load_starter(code, uploader=uploader, publisher=publisher, at=at, effective_on=first_day)
    grant_all(ground, actor=legal, opening=opening, today=today)
    set_figures(proposer=legal, approver=second, valid_from=opening, at=at)
    return ground


def is_told(told: Sequence[Story], ground: Ground) -> bool:
    """Tell whether the cases of the demo are there."""
    township = ground.bodies[told[0].township]
    place = f"{township.short_name}{told[0].address}"
    summary = told[0].matter.summary.format_map({"party": told[0].party.name, "place": place})
    return Case.objects.filter(summary=summary, registered_at__isnull=False).exists()


def registrar(story: Story, township: Body, on: date) -> Officer:
    """Return who registers the lead: the township for its own patrols, else the county."""
    if story.source == "patrol":
        return holders_of(Role.TEAM_LEADER, township, on)[0]
    return Officer.objects.get(username="clerk")


def live(told: Sequence[Story], ground: Ground, *, today: date, tell: Tell = silent) -> list[Walk]:
    """Take all cases on, always the one whose next act is the earliest, until each is where it should be."""
    walks = []
    for story in told:
        township = ground.bodies[story.township]
        clerk = registrar(story, township, today)
        walks.append(begin(story, township=township, clerk=clerk, today=today))
    queue = [entry for order, walk in enumerate(walks) if (entry := _next(order, walk))]
    heapq.heapify(queue)
    with Ahead() as ahead:
        _live_on(walks, queue, ahead, limit=instant(today + timedelta(days=1), 0), tell=tell)
    return walks


def _live_on(
    walks: Sequence[Walk],
    queue: list[tuple[datetime, int, Step]],
    ahead: Ahead,
    *,
    limit: datetime,
    tell: Tell,
) -> None:
    finished = 0
    while queue:
        at, order, step = heapq.heappop(queue)
        walk = walks[order]
        done = _do(walk, step, ahead, tell)
        entry = _next(order, walk) if done and step.name != walk.story.until else None
        if entry and entry[0] < limit:
            heapq.heappush(queue, entry)
            continue
        finished += 1
        if finished % 10 == 0:
            tell(f"{finished} of {len(walks)} cases, {at:%Y-%m-%d}")


def _next(order: int, walk: Walk) -> tuple[datetime, int, Step] | None:
    step = next(walk.plan, None)
    return (step.at, order, step) if step else None


def _do(walk: Walk, step: Step, ahead: Ahead, tell: Tell) -> bool:
    """Do a step; False where this machine cannot print, so that the case waits to be archived."""
    try:
        if step.name == "archive":
            for paper in _unprinted(walk):
                render(paper, lay_out=ahead.lay_out)
        step.act(step.at)
    except RuleViolation as refusal:
        if refusal.code == "printing_unavailable":
            tell(f"{walk.case} waits for its file: {refusal.unblock}")
            return False
        told = f"story {walk.story.index} ({walk.story.subject}, {walk.story.township}) at {step.name}"
        refusal.add_note(f"{told} on {step.at:%Y-%m-%d %H:%M}: {refusal.message}")
        raise
    if walk.story.until == "archive":
        for paper in _unprinted(walk):
            ahead.begin(paper)
    return True


def _unprinted(walk: Walk) -> Iterable[Paper]:
    return Paper.objects.filter(instrument__case=walk.case, pdf=None)
