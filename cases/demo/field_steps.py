"""Steps from the lead to the report: each one act at an instant, by its service."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone

from cases.demo.diary import Diary
from cases.demo.scene import Scene, said
from cases.demo.stories import ORGANISATION
from cases.instruments import serving
from cases.intake import services as intake
from cases.investigation import concluding
from cases.investigation import services as investigation
from cases.routing import services as routing
from law.errors import RuleViolation
from townships.models import Place

RECORD_MINUTES = timedelta(minutes=25)
TRIES = 8


class FieldSteps(Scene):
    """What officers do before anything is proposed to the party."""

    def register(self, at: datetime) -> None:
        """Register the lead."""
        story, matter = self.story, self.story.matter
        settled = Place.objects.filter(township=self.township, kind__in=["village", "community"])
        places = settled.order_by("id")
        self.case = intake.register_lead(
            actor=self.clerk,
            at=at,
            source=story.source,
            summary=self.text(matter.summary),
            township=self.township,
            place=places[story.place % len(places)],
            address=story.address,
            happened_at=at - timedelta(hours=1),
            party_name=story.party.name if story.knows_item else "",
            item=self.item if story.knows_item else None,
            informant_named=story.source == "report",
        )

    def route(self, at: datetime) -> None:
        """Send the lead to the body that may act."""
        routing.route(case=self.case, actor=self.clerk, at=at)

    def accept(self, at: datetime) -> None:
        """Take the lead over."""
        cast = self.cast
        routing.accept(
            case=self.case, actor=cast.leader, at=at, lead_officer=cast.lead, second_officer=cast.second
        )

    def inspect(self, at: datetime, *, recheck: bool = False) -> None:
        """Inspect the place and photograph it; the second time, see whether it was corrected."""
        matter, name = self.story.matter, "recheck" if recheck else "day"
        self.told[name] = said(at)
        end = self._record(
            investigation.record_inspection,
            at,
            content=self.text(matter.recheck if recheck else matter.inspection),
        )
        title = "复查现场照片" if recheck else "现场照片"
        self.exhibit(
            end,
            kind="physical",
            title=title,
            proves=f"{said(at)}现场情况",
            source="现场拍摄",
            upload=self.picture(title, at),
        )

    def _record(self, service: Callable[..., Any], at: datetime, **facts: Any) -> datetime:
        """Make a record at the first free time of the two officers from that instant on."""
        for turn in range(TRIES):
            start = at + turn * 2 * RECORD_MINUTES
            end = start + RECORD_MINUTES
            self.diary.now = max(self.diary.now, end + timedelta(minutes=5))
            try:
                service(
                    case=self.case,
                    actor=self.case.lead_officer,
                    at=self.diary.now,
                    started_at=start,
                    ended_at=end,
                    place=self.address,
                    subject=self.story.party.person,
                    certificate_shown=True,
                    rights_told=True,
                    notice_reply="听清楚了，证件已看清。",
                    recusal_reply="不申请回避。",
                    signature=f"{self.story.party.person}已核对并签名",
                    **facts,
                )
            except RuleViolation as refusal:
                if refusal.code != "officer_in_two_places" or turn == TRIES - 1:
                    raise
            else:
                return self.diary.now
        return self.diary.now

    def exhibit(self, at: datetime, **facts: Any) -> None:
        """Take a piece of evidence onto the file."""
        investigation.add_exhibit(
            case=self.case,
            actor=self.cast.lead,
            at=self.diary.same_day(5),
            collected_at=at,
            place=self.address,
            **facts,
        )

    def correct(self, at: datetime) -> None:
        """Order correction, and hand the order over on the spot."""
        due = Diary(at).later(3).date()
        self.told["due"] = said(due)
        order = investigation.order_correction(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            demand=self.text(self.story.matter.demand),
            due_on=due,
        )
        serving.serve_document(
            case=self.case,
            actor=self.cast.lead,
            at=self.diary.same_day(),
            instrument=order.instrument,
            method="direct",
            served_at=at,
            place=self.address,
            recipient=self.story.party.person,
            upload=self.signed("责令改正通知书送达凭证", at),
        )

    def verify(self, at: datetime) -> None:
        """Record what the check found, and against whom."""
        story = self.story
        address = f"青禾县{self.township.short_name}{story.address}"
        intake.verify(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            findings=self.text(story.matter.found),
            suggestion="decline" if story.until == "refuse_filing" else "file",
            item=self.item,
            ended_on=timezone.localdate(at),
            party_kind=story.party.kind,
            party_name=story.party.name,
            **story.party.details(address),
        )

    def propose_filing(self, at: datetime) -> None:
        """Ask the head to file."""
        intake.propose_filing(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            opinion="经核查，涉嫌违法的事实有证据证明，属于本机关管辖，未超过追责时效，建议立案。",
            lead_officer=self.cast.lead,
            second_officer=self.cast.second,
        )

    def approve_filing(self, at: datetime) -> None:
        """File."""
        intake.approve_filing(case=self.case, actor=self.cast.head, at=at, opinion="同意立案。")

    def refuse_filing(self, at: datetime) -> None:
        """Decline to file."""
        reason = "经核查，当事人已在首次检查时当场改正，违法行为轻微且没有造成危害后果，不予立案。"
        intake.refuse_filing(case=self.case, actor=self.cast.head, at=at, ground="minor", reason=reason)

    def void(self, at: datetime) -> None:
        """Void a lead that was registered twice."""
        intake.void(case=self.case, actor=self.clerk, at=at, reason="与同日另一条线索重复登记，作废本条。")

    def hand_over(self, at: datetime) -> None:
        """Give the case to the body that may act now."""
        reason = "委托协议届满，受委托乡镇不再办理，由委托机关继续办理，期限连续计算。"
        routing.hand_over(case=self.case, actor=self.cast.head, at=at, reason=reason)

    def interview(self, at: datetime) -> None:
        """Question the party, and copy its identity papers."""
        answers = [f"问：{self.text(q)}\n答：{self.text(a)}" for q, a in self.story.matter.interview]
        end = self._record(investigation.record_interview, at, content="\n".join(answers))
        paper = "营业执照复印件" if self.story.party.kind == ORGANISATION else "身份证件复印件"
        self.exhibit(
            end,
            kind="documentary",
            title=paper,
            proves="当事人主体身份",
            source="当事人提供，经核对与原件一致",
            upload=self.signed(paper, end),
        )

    def conclude(self, at: datetime) -> None:
        """End the investigation with the report."""
        story = self.story
        concluding.conclude(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            facts=self.text(story.matter.facts),
            reasoning=f"{self.text(story.matter.reasoning)}{self.weighed}",
            fine=self.fine,
            kinds=["fine"],
            band=self.band,
            quantity=story.quantity,
            complex=story.complex,
        )
