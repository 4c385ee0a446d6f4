"""Steps from the notice to the archive: each one act at an instant, by its service."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from cases.archive import services as archive
from cases.decision import services as decision
from cases.demo.field_steps import FieldSteps
from cases.execution import services as execution
from cases.execution.rules import owed
from cases.hearing import answers, notices
from cases.hearing import services as hearing
from cases.instruments import serving
from cases.instruments.kinds import Kind
from cases.investigation.findings import current_report
from cases.review import services as review
from cases.review.models import POINTS
from papers.models import Paper
from papers.services import render


class Steps(FieldSteps):
    """What follows once a penalty is proposed, on top of what came before."""

    def return_report(self, at: datetime) -> None:
        """Send the report back for more."""
        reason = "请补充复核现场情况和当事人的申辩意见后重新提出处理意见。"
        notices.return_report(case=self.case, actor=self.cast.head, at=at, reason=reason)

    def issue_notice(self, at: datetime) -> None:
        """Approve and issue the notice."""
        notices.issue_notice(
            case=self.case, actor=self.cast.head, at=at, opinion="同意拟处罚意见，依法告知。"
        )

    def proof(self, title: str, at: datetime) -> dict[str, Any]:
        """Return the proof that the story's way of service needs."""
        method, person = self.story.service, self.story.party.person
        place = self.address
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
        notices.serve_notice(case=self.case, actor=self.cast.lead, at=at, **proof)

    def record_statement(self, at: datetime) -> None:
        """Take the party's defence."""
        answers.record_statement(
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
        answers.review_statement(
            case=self.case, actor=self.cast.lead, at=at, accepted=accepted, review_reasons=reasons
        )

    def record_waiver(self, at: datetime) -> None:
        """Take the party's written waiver."""
        answers.record_waiver(
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

    def serve_hearing_notice(self, at: datetime) -> None:
        """Serve the notice of the hearing."""
        serving.serve_document(
            case=self.case,
            actor=self.cast.lead,
            at=at,
            instrument=self.instrument(Kind.HEARING_NOTICE),
            **self.proof("听证通知书", at),
        )

    def conclude_hearing(self, at: datetime) -> None:
        """Record the hearing."""
        party = self.story.party.name
        hearing.conclude_hearing(
            case=self.case,
            actor=self.cast.chair,
            at=at,
            outcome="held",
            ended_at=at - timedelta(minutes=10),
            record=f"主持人核对到场人员身份，宣布听证纪律和权利义务。调查人员陈述违法事实、证据和拟处罚意见。"
            f"{party}陈述：{self.text(self.story.matter.statement)}双方质证、辩论，当事人作最后陈述。",
            defence=self.text(self.story.matter.statement),
            issues="拟处罚数额是否适当：拟处罚在对应裁量阶次以内，当事人未提出足以改变裁量的证据。",
            findings=self.text(self.story.matter.facts),
            advice="maintain",
            report="违法事实清楚，证据确实、充分，程序合法，拟处罚适当，建议维持拟处罚意见。",
            signature="当事人、调查人员、主持人、记录人已核对并签名",
        )

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
            "reasons": "本机关根据违法行为的事实、性质、情节和社会危害程度，作出本决定。",
            "late_reasons": self.story.late_reasons,
            "on_hearing": "依据听证笔录，听证中提出的意见已逐条核对，认定的事实与笔录一致。"
            if self.story.hearing
            else "",
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
        for paper in Paper.objects.filter(instrument__case=self.case, pdf=None):
            render(paper)
        archive.archive(case=self.case, actor=self.cast.lead, at=at)
