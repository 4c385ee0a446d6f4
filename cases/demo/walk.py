"""Walk a case through the procedure by its services, on working days, each window waited out."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from cases.clocks.selectors import running
from cases.demo.diary import Diary
from cases.demo.steps import Steps
from cases.demo.stories import Story
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.hearing.rules import current_notice
from cases.review.rules import due_consequences
from townships.models import Body, Officer

HEARING_NOTICE_DAYS = 9


@dataclass(frozen=True, slots=True)
class Step:
    """One act to come: its name, its instant and the deed."""

    name: str
    at: datetime
    act: Callable[[datetime], None]


@dataclass
class Walk(Steps):
    """One case on its way; `to` and `until` take it further, step by step."""

    plan: Iterator[Step] = field(init=False)

    def __post_init__(self) -> None:
        """Plan the way; each step is dated when the one before it is done."""
        self.plan = self._way()

    def to(self, stage: Stage) -> Case:
        """Take the case on until it reaches a stage."""
        for step in self.plan:
            step.act(step.at)
            if self.case.stage == stage:
                return self.case
        raise LookupError(f"the story ends at {self.case.stage}, before {stage}")

    def until(self, name: str) -> Case:
        """Take the case on until a step is done."""
        for step in self.plan:
            step.act(step.at)
            if step.name == name:
                return self.case
        raise LookupError(f"the story has no step {name} after {self.case.stage}")

    def step(self, name: str, workdays: int = 0, *, act: Callable[[datetime], None] | None = None) -> Step:
        """Date a step so many working days on; none: later the same day."""
        at = (
            self.diary.later(workdays, hour=9, minute=self.story.index % 50)
            if workdays
            else self.diary.same_day()
        )
        return Step(name, at, act or getattr(self, name))

    def _way(self) -> Iterator[Step]:
        yield Step("register", self.diary.now, self.register)
        yield from self._before_filing()
        yield from self._investigation()
        yield from self._notice()
        yield from self._defence()
        yield from self._review()
        yield from self._decision()

    def _before_filing(self) -> Iterator[Step]:
        if self.story.until == "void":
            yield self.step("void", 1)
        yield self.step("route")
        yield self.step("accept", self.story.pace)
        if self.story.knows_item:
            yield self.step("inspect")
        yield self.step("verify")
        if self.story.knows_item:
            yield from self._correction()
        if self.story.until == "refuse_filing":
            yield self.step("refuse_filing", 1)
        yield self.step("propose_filing")
        yield self.step("approve_filing", 1)
        if not self.story.knows_item:
            yield self.step("inspect", 1)
            yield from self._correction()
        if self.story.until == "hand_over":
            yield self.step("hand_over", 18)

    def _correction(self) -> Iterator[Step]:
        if self.story.matter.correct:
            yield self.step("correct")
            last = self.case.corrections.latest("id").due_on
            yield Step("recheck", self.diary.after(last, hour=10), partial(self.inspect, recheck=True))

    def _investigation(self) -> Iterator[Step]:
        yield self.step("interview", 1 + self.story.pace)
        yield self.step("conclude", 2 * self.story.pace)

    def _notice(self) -> Iterator[Step]:
        yield self.step("issue_notice", self.story.pace)
        yield self.step("serve_notice", 1)

    def _defence(self) -> Iterator[Step]:
        story = self.story
        if story.waiver:
            yield self.step("record_waiver", 1)
        if story.statement:
            yield self.step("record_statement", 2)
            yield self.step("review_statement", 1)
        notice = current_notice(self.case)
        if story.hearing and notice and notice.hearing_offered:
            yield from self._hearing()
        self._wait_out("defence", "hearing_request")

    def _hearing(self) -> Iterator[Step]:
        yield self.step("request_hearing", 1)
        held_at = Diary(self.diary.now).later(1 + HEARING_NOTICE_DAYS, hour=14)
        yield self.step("schedule_hearing", 1, act=partial(self.schedule_hearing, held_at=held_at))
        yield self.step("serve_hearing_notice")
        yield Step(
            "conclude_hearing",
            self.diary.turn(held_at.date(), hour=16),
            self.conclude_hearing,
        )

    def _wait_out(self, *kinds: str) -> None:
        """Turn to the first working day after the windows that still run."""
        ends = [clock.due_on for kind in kinds if (clock := running(self.case, kind)) and clock.due_on]
        if ends:
            self.diary.after(max(ends), hour=8)

    def _review(self) -> Iterator[Step]:
        due = due_consequences(self.case, self.diary.day)
        if due and (due.review_grounds or self.story.review):
            yield self.step("submit_review")
            if self.story.review in {"fail", "return"}:
                yield from self._again(self.story.review)
            yield self.step("conclude_review", 2)
        if due and due.discussion_grounds:
            yield self.step("discuss", 1)

    def _again(self, conclusion: str) -> Iterator[Step]:
        """Go back once: to the proposal after a failed review, to the evidence after a returned one."""
        name = f"{conclusion}_review"
        yield self.step(name, 2, act=partial(self.conclude_review, conclusion=conclusion))
        yield self.step("conclude", 2)
        yield from self._notice()
        self._wait_out("defence", "hearing_request")
        yield self.step("submit_review")

    def _decision(self) -> Iterator[Step]:
        yield self.step("decide", 1)
        yield self.step("serve_decision", self.story.pace)
        yield self.step("pay", 3)
        if self.story.paid == "part":
            yield self.step("pay", 3)
        yield self.step("propose_closing", 1)
        yield self.step("approve_closing", 1)
        yield self.step("archive", 3)


def begin(story: Story, *, township: Body, clerk: Officer, today: date, hour: int = 9) -> Walk:
    """Open the walk of a story as many days ago as it says."""
    minute = (story.index * 7) % 60
    diary = Diary.begin(today - timedelta(days=story.starts), hour, minute)
    return Walk(story=story, township=township, clerk=clerk, diary=diary)
