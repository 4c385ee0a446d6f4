"""The steps of a case, each by its service: what a demo case does at an instant it is given."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cases.archive import services as archive
from cases.decision import services as decision
from cases.demo import pictures
from cases.demo.cast import Cast, cast_for
from cases.demo.diary import Diary
from cases.demo.stories import ORGANISATION, Story
from cases.dossier.models import Case
from cases.execution import services as execution
from cases.execution.rules import owed
from cases.hearing import services as hearing
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from cases.intake import services as intake
from cases.investigation import services as investigation
from cases.investigation.findings import current_report
from cases.review import services as review
from cases.review.models import POINTS
from cases.routing import services as routing
from catalog.models import DiscretionBand, Item
from catalog.selectors import bands_in_force, items_by_number
from law.errors import RuleViolation
from papers.services import render
from townships.models import Body, Officer, Place

RECORD_MINUTES = timedelta(minutes=25)
TRIES = 8


def said(day: date | datetime | None) -> str:
    """Write a day as a sentence needs it."""
    if day is None:
        return "当日"
    on = timezone.localdate(day) if isinstance(day, datetime) else day
    return f"{on.year}年{on.month}月{on.day}日"


@dataclass
class Steps:
    """One case of the demo and the acts that move it; every method does one act at an instant."""

    story: Story
    township: Body
    clerk: Officer
    diary: Diary
    case: Case = field(init=False)
    told: dict[str, str] = field(default_factory=dict)
    casts: dict[tuple[int | None, int | None], Cast] = field(default_factory=dict)

    # Who and what

    @property
    def cast(self) -> Cast:
        """The people of the case for the bodies it stands with now."""
        key = (self.case.handler_id, self.case.named_id)
        if key not in self.casts:
            self.casts[key] = cast_for(
                self.case,
                on=self.diary.day,
                pair=self.story.pair,
                with_reviewer=self.story.reviewer_investigates,
            )
        return self.casts[key]

    @cached_property
    def item(self) -> Item:
        """The item of the case."""
        matter = self.story.matter
        return items_by_number(matter.list, self.diary.day)[matter.number].item

    @property
    def band(self) -> DiscretionBand | None:
        """The grade the case is punished by."""
        bands = bands_in_force(self.item, self.diary.day)
        return bands[self.story.band - 1] if bands else None

    @property
    def fine(self) -> Decimal:
        """The fine of the grade."""
        band = self.band
        per_unit = band.fine_min if band and band.fine_min is not None else Decimal(1000)
        factor = self.story.quantity if band and "/" in band.unit else Decimal(1)
        return per_unit * factor

    def text(self, words: str) -> str:
        """Fill a text of the subject with the facts of this case."""
        story = self.story
        place = f"{self.township.short_name}{story.address}"
        facts = {
            "party": story.party.name,
            "who": story.party.person,
            "place": place,
            "n": story.quantity.normalize(),
        }
        return words.format_map(
            {"day": "当日", "due": "规定期限", "recheck": "复查之日", **facts, **self.told}
        )

    def picture(self, caption: str, at: datetime) -> ContentFile[bytes]:
        """Draw a photograph of this case."""
        shown = f"{self.case.lead_number}　{caption}"
        return pictures.photo(shown, taken_at=at, seed=self.story.index * 10 + len(self.told))

    def signed(self, title: str, at: datetime) -> ContentFile[bytes]:
        """Draw a signed and scanned paper of this case."""
        lines = [
            str(self.case),
            f"当事人：{self.story.party.name}",
            f"签名：{self.story.party.person}（演示）",
            said(at),
        ]
        return pictures.scan(title, lines, name=f"{title}-{self.story.index}")

    # From the lead to the filing

    def register(self, at: datetime) -> None:
        """Register the lead."""
        story, matter = self.story, self.story.matter
        places = Place.objects.filter(township=self.township, kind__in=["village", "community"]).order_by(
            "id"
        )
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
                    place=f"{self.township.short_name}{self.story.address}",
                    subject=self.story.party.person,
                    certificate_shown=True,
                    rights_told=True,
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
            place=f"{self.township.short_name}{self.story.address}",
            **facts,
        )

    def correct(self, at: datetime) -> None:
        """Order correction, and put the signed copy into the file."""
        due = Diary(at).later(3).date()
        self.told["due"] = said(due)
        order = investigation.order_correction(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            demand=self.text(self.story.matter.demand),
            due_on=due,
        )
        investigation.add_scan(
            case=self.case,
            actor=self.cast.lead,
            at=self.diary.same_day(),
            instrument=order.instrument,
            upload=self.signed("责令改正通知书签收页", at),
            note="当事人当场签收",
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
        intake.refuse_filing(case=self.case, actor=self.cast.head, at=at, reason=reason)

    def void(self, at: datetime) -> None:
        """Void a lead that was registered twice."""
        intake.void(case=self.case, actor=self.clerk, at=at, reason="与同日另一条线索重复登记，作废本条。")

    def hand_over(self, at: datetime) -> None:
        """Give the case to the body that may act now."""
        reason = "委托协议届满，受委托乡镇不再办理，由委托机关继续办理，期限连续计算。"
        routing.hand_over(case=self.case, actor=self.cast.head, at=at, reason=reason)

    # Investigation, notice, defence

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
        investigation.conclude(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            facts=self.text(story.matter.facts),
            reasoning=self.text(story.matter.reasoning),
            fine=self.fine,
            kinds=["fine"],
            band=self.band,
            quantity=story.quantity,
            complex=story.complex,
        )

    def return_report(self, at: datetime) -> None:
        """Send the report back for more."""
        reason = "请补充复核现场情况和当事人的申辩意见后重新提出处理意见。"
        hearing.return_report(case=self.case, actor=self.cast.head, at=at, reason=reason)

    def issue_notice(self, at: datetime) -> None:
        """Approve and issue the notice."""
        hearing.issue_notice(
            case=self.case, actor=self.cast.head, at=at, opinion="同意拟处罚意见，依法告知。"
        )

    def proof(self, title: str, at: datetime) -> dict[str, Any]:
        """Return the proof that the story's way of service needs."""
        method, person = self.story.service, self.story.party.person
        place = f"{self.township.short_name}{self.story.address}"
        proof: dict[str, Any] = {"method": method, "served_at": at, "place": place, "recipient": person}
        if method == "post":
            proof |= {"tracking": f"演示邮件 {self.story.index:010d}", "note": "邮件回执注明本人签收"}
        if method == "retention":
            proof |= {"witness": "村民委员会工作人员（演示）", "note": "当事人拒绝签收，全程录像"}
        if method == "electronic":
            proof |= {"consent": True, "note": "已签电子送达地址确认书"}
        upload = self.picture(title, at) if method == "retention" else self.signed(f"{title}送达凭证", at)
        return {**proof, "upload": upload}

    def serve_notice(self, at: datetime) -> None:
        """Serve the notice."""
        proof = self.proof("告知书", at)
        hearing.serve_notice(case=self.case, actor=self.cast.lead, at=at, **proof)

    def record_statement(self, at: datetime) -> None:
        """Take the party's defence."""
        hearing.record_statement(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            made_at=at - timedelta(minutes=20),
            content=self.text(self.story.matter.statement),
        )

    def review_statement(self, at: datetime) -> None:
        """Review the defence."""
        accepted = self.story.statement
        reasons = {
            "all": "经复核，当事人所述属实并已主动改正，采纳其意见，在裁量阶次内按最低数额提出处罚建议。",
            "part": "经复核，当事人事后改正的情节属实，予以采纳；其余理由无证据证明，不予采纳。",
            "none": "经复核，当事人所述理由不影响违法事实的认定，亦不属于法定从轻、减轻情形，不予采纳。",
        }[accepted]
        hearing.review_statement(
            case=self.case, actor=self.cast.lead, at=at, accepted=accepted, review_reasons=reasons
        )

    def record_waiver(self, at: datetime) -> None:
        """Take the party's written waiver."""
        hearing.record_waiver(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            made_at=at - timedelta(minutes=10),
            content="本人对拟处罚内容无异议，自愿放弃陈述、申辩权利。",
            upload=self.signed("放弃陈述申辩声明", at),
        )

    def request_hearing(self, at: datetime) -> None:
        """Take the request for a hearing."""
        hearing.request_hearing(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            made_at=at - timedelta(minutes=30),
            content="对拟处罚数额有异议，申请举行听证。",
        )

    def schedule_hearing(self, at: datetime, *, held_at: datetime) -> None:
        """Notify time and place of the hearing."""
        hearing.schedule_hearing(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            scheduled_at=held_at,
            place=f"{self.case.named}会议室" if self.case.named else "会议室",
            chair=self.cast.chair,
            recorder=self.cast.leader.name,
        )

    def conclude_hearing(self, at: datetime) -> None:
        """Record the hearing."""
        party = self.story.party.name
        hearing.conclude_hearing(
            case=self.case,
            actor=self.cast.chair,
            at=at,
            outcome="held",
            record=f"主持人核对到场人员身份，宣布听证纪律和权利义务。调查人员陈述违法事实、证据和拟处罚意见。"
            f"{party}陈述：{self.text(self.story.matter.statement)}双方质证、辩论，当事人作最后陈述。",
            report="听证认为，违法事实清楚，证据确实、充分，程序合法，拟处罚适当，建议维持拟处罚意见。",
            signature="当事人、调查人员、主持人、记录人已核对并签名",
        )

    # Review, decision, performance

    def submit_review(self, at: datetime) -> None:
        """Send the case to legal review."""
        review.submit_review(case=self.case, actor=self.cast.lead, at=at)

    def conclude_review(self, at: datetime, *, conclusion: str = "pass") -> None:
        """Give the opinion of the reviewer to whom the case fell."""
        opinion = {
            "pass": "主体合法，事实清楚，证据确实、充分，适用依据正确，裁量适当，程序合法，同意拟处罚意见。",
            "fail": "裁量理由与申辩复核意见不一致，拟处罚理由不充分，应重新提出处理意见并再次告知。",
            "return": "缺少主体身份证明材料，请补充后再送审。",
        }[conclusion]
        objected = {"fail": "discretion", "return": "party"}.get(conclusion, "")
        points = {key: "object" if key == objected else "agree" for key, _label in POINTS}
        review.conclude_review(
            case=self.case,
            actor=self.case.reviews.get(concluded_at=None).reviewer,
            at=at,
            conclusion=conclusion,
            opinion=opinion,
            **points,
        )

    def discuss(self, at: datetime) -> None:
        """Record the discussion of the heads."""
        heads = list(self.cast.heads)
        opinions = "\n".join(f"{head.name}：违法事实清楚，证据充分，同意拟处罚意见。" for head in heads)
        decision.record_discussion(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            held_at=at - timedelta(hours=1),
            place=f"{self.case.named}会议室",
            chair=heads[0],
            attendees=heads,
            recorder=self.cast.lead.name,
            opinions=opinions,
            conclusion="经集体讨论，一致同意拟处罚意见。",
        )

    def decide(self, at: datetime, **changes: Any) -> None:
        """Decide as proposed."""
        report = current_report(self.case)
        assert report is not None
        facts = {
            "fine": report.fine,
            "kinds": report.kinds,
            "reasons": "违法事实清楚，证据确实、充分，适用依据正确，同意作出行政处罚决定。",
            "late_reasons": self.story.late_reasons,
        }
        decision.decide(case=self.case, actor=self.cast.head, at=at, **{**facts, **changes})

    def serve_decision(self, at: datetime) -> None:
        """Serve the decision."""
        decision.serve_decision(case=self.case, actor=self.cast.lead, at=at, **self.proof("处罚决定书", at))

    def pay(self, at: datetime) -> None:
        """Record the payment, or its first half."""
        rest = owed(self.case)
        amount = (rest / 2).quantize(Decimal("0.01")) if self.story.paid == "part" else rest
        execution.record_payment(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            amount=amount,
            paid_on=timezone.localdate(at),
            receipt_number=f"演示票{self.case.payments.count() + 1}{self.story.index:06d}",
            channel="bank" if self.story.index % 2 else "electronic",
            payer=self.story.party.name,
            upload=self.signed("罚没款票据", at),
        )

    def propose_closing(self, at: datetime) -> None:
        """Ask to close."""
        summary = "当事人已改正违法行为，罚款已全额缴至代收银行，处罚决定履行完毕。"
        archive.propose_closing(
            case=self.case, actor=self.cast.lead, at=at, ground="performed", summary=summary
        )

    def approve_closing(self, at: datetime) -> None:
        """Close."""
        archive.approve_closing(case=self.case, actor=self.cast.head, at=at, opinion="同意结案。")

    def archive(self, at: datetime) -> None:
        """Print what is not printed yet, bind the file and put it away."""
        for instrument in Instrument.objects.filter(case=self.case).select_related("paper__pdf"):
            render(instrument.paper)
        archive.archive(case=self.case, actor=self.cast.lead, at=at)

    def instrument(self, kind: Kind) -> Instrument:
        """Return the newest document of a kind."""
        return Instrument.objects.filter(case=self.case, kind=kind).select_related("paper").latest("id")
