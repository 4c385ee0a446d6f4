"""Shape of discussion and decision input."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.decision.rules import overrun, was_heard
from cases.decision.same_act import revoked_before
from cases.flow.acts import ActForm
from cases.hearing.rules import current_notice
from cases.instruments.forms import ProofForm
from catalog.models import PenaltyKind
from desk.fields import DateTimeField, LongText
from law.money import plain
from townships.models import Officer


class DiscussionForm(ActForm):
    """The heads' discussion."""

    held_at = DateTimeField(label=_("讨论时间"))
    place = forms.CharField(label=_("地点"), max_length=200)
    chair = forms.ModelChoiceField(Officer.objects.none(), label=_("主持人"))
    attendees = forms.ModelMultipleChoiceField(
        Officer.objects.none(), label=_("出席负责人"), widget=forms.CheckboxSelectMultiple
    )
    recorder = forms.CharField(label=_("记录人"), max_length=60)
    opinions = LongText(label=_("每人意见"), rows=6, help_text=_("逐人记录，一人一行"))
    conclusion = LongText(label=_("结论"), rows=3)
    dissent = LongText(label=_("不同意见"), rows=2, required=False)

    def offer(self) -> None:
        """Offer the heads of the deciding body."""
        heads = Officer.objects.filter(body=self.case.named, is_head=True, is_active=True)
        for name in ("chair", "attendees"):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = heads
        self.fields["recorder"].initial = self.actor.name


class RenotifyForm(ActForm):
    """Why the party must be told anew."""

    reason = LongText(label=_("重新拟处的理由"), rows=4, max_length=2000)


class AnyDecisionForm(ActForm):
    """What every decision has to explain where it comes late, or after one that was revoked."""

    unlike_revoked = LongText(
        label=_("与被撤销决定的不同"),
        rows=3,
        required=False,
        help_text=_("写明新的事实、理由或者不同的处理结果；原决定因违反法定程序被撤销的，写明纠正了哪些程序"),
    )
    late_reasons = LongText(
        label=_("超期说明"), rows=2, required=False, help_text=_("已超过办案期限，写明原因")
    )
    punishes = True

    def offer(self) -> None:
        """Ask for what there is to explain only."""
        earlier = revoked_before(self.case)
        if earlier is None or bool(earlier.kinds) != self.punishes:
            del self.fields["unlike_revoked"]
        if overrun(self.case, self.on) is None:
            del self.fields["late_reasons"]


class DecisionForm(AnyDecisionForm):
    """The decision; starts from what was notified."""

    field_order = ("kinds", "fine", "reasons", "on_hearing")

    kinds = forms.MultipleChoiceField(label=_("处罚种类"), choices=[], widget=forms.CheckboxSelectMultiple)
    fine = forms.DecimalField(label=_("罚款（元）"), min_value=0, max_digits=14, decimal_places=2)
    reasons = LongText(
        label=_("决定理由"), rows=4, help_text=_("事实、性质、情节、危害程度和对当事人意见的采纳情况")
    )
    on_hearing = LongText(
        label=_("依据听证笔录的说明"),
        rows=3,
        required=False,
        help_text=_("对照听证笔录，说明认定了什么、采纳与否及理由"),
    )

    def offer(self) -> None:
        """Start from what was notified; ask of hearing and fine only where there is one."""
        super().offer()
        notice = current_notice(self.case)
        kinds = notice.kinds if notice else []
        field = self.fields["kinds"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(kind, PenaltyKind(kind).label) for kind in kinds]
        field.initial = kinds
        self.fields["fine"].initial = plain(notice.fine) if notice else None
        if PenaltyKind.FINE not in kinds:
            self.fields["fine"].widget = forms.HiddenInput()
        if not was_heard(self.case):
            del self.fields["on_hearing"]


class NoPenaltyForm(AnyDecisionForm):
    """The decision not to punish."""

    field_order = ("reasons", "education")
    punishes = False

    reasons = LongText(label=_("决定理由"), rows=3, max_length=2000)
    education = LongText(
        label=_("对当事人的教育"),
        rows=3,
        max_length=2000,
        required=False,
        help_text=_("何时、由谁、以何种方式教育；违法事实不能成立的不填"),
    )


class ServeDecisionForm(ProofForm):
    """Proof of service of the decision."""
