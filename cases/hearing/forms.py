"""Shape of notice, answer and hearing input."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.dossier.duties import investigators
from cases.flow.acts import ActForm
from cases.hearing.models import Hearing
from cases.hearing.rules import current_notice
from cases.instruments.forms import ProofForm
from desk.fields import DateTimeField, LongText, UploadField
from townships.models import Officer
from townships.roles import roles_with
from townships.selectors import permitted


class OpinionForm(ActForm):
    """The head's opinion."""

    opinion = LongText(label=_("机关负责人意见"), rows=3, initial="同意。")


class ServeNoticeForm(ProofForm):
    """Proof of service of the notice."""


class StatementForm(ActForm):
    """What the party stated."""

    made_at = DateTimeField(label=_("提出时间"))
    content = LongText(label=_("陈述申辩内容"), rows=6)
    upload = UploadField(label=_("书面材料"), required=False)


class WaiverForm(ActForm):
    """A written waiver."""

    made_at = DateTimeField(label=_("放弃时间"))
    rights = forms.MultipleChoiceField(
        label=_("放弃的权利"),
        choices=[("defence", _("陈述、申辩")), ("hearing_request", _("要求听证"))],
        initial=["defence", "hearing_request"],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("只勾选当事人书面写明放弃的；未放弃的权利期限照常计算"),
    )
    content = LongText(label=_("放弃的内容"), rows=2, initial="当事人书面放弃陈述、申辩和要求听证的权利。")
    upload = UploadField(label=_("当事人签名的放弃书"))

    def offer(self) -> None:
        """Name a hearing only where the party was told of the right to one."""
        notice = current_notice(self.case)
        if notice is None or notice.hearing_offered:
            return
        rights = self.fields["rights"]
        assert isinstance(rights, forms.MultipleChoiceField)
        rights.choices = [("defence", _("陈述、申辩"))]
        rights.initial = ["defence"]
        self.fields["content"].initial = "当事人书面放弃陈述、申辩的权利。"


class StatementReviewForm(ActForm):
    """How the answers were reviewed."""

    accepted = forms.ChoiceField(
        label=_("是否采纳"),
        choices=[("all", _("采纳")), ("part", _("部分采纳")), ("none", _("不予采纳"))],
        widget=forms.RadioSelect,
    )
    review_reasons = LongText(label=_("复核意见和理由"), rows=4)


class HearingRequestForm(ActForm):
    """The party's request."""

    made_at = DateTimeField(label=_("申请时间"))
    content = LongText(label=_("申请内容"), rows=3)


class ScheduleForm(ActForm):
    """When, where and before whom."""

    scheduled_at = DateTimeField(label=_("听证时间"))
    place = forms.CharField(label=_("听证地点"), max_length=200)
    chair = forms.ModelChoiceField(Officer.objects.none(), label=_("听证主持人"))
    recorder = forms.CharField(label=_("记录人"), max_length=60)
    is_public = forms.BooleanField(label=_("公开举行"), required=False, initial=True)
    fee = forms.DecimalField(
        label=_("向当事人收取的费用（元）"),
        max_digits=8,
        decimal_places=2,
        required=False,
        widget=forms.HiddenInput,
        help_text=_("听证不收费，费用由本机关承担"),
    )

    def offer(self) -> None:
        """Take whoever chairs somewhere; the page offers those the body may appoint, the service judges."""
        field = self.fields["chair"]
        assert isinstance(field, forms.ModelChoiceField)
        roles = roles_with("case.chair_hearing")
        field.queryset = Officer.objects.filter(is_active=True, role_grants__role__in=roles).distinct()
        if self.case.named is not None:
            able = permitted("case.chair_hearing", self.case.named, self.on)
            able = able.exclude(pk__in=investigators(self.case))
            field.widget.choices = [("", _("请选择")), *((one.pk, str(one)) for one in able)]


class HearingResultForm(ActForm):
    """How the hearing ended, and the chair's report of one that was held."""

    outcome = forms.ChoiceField(label=_("结果"), choices=Hearing.Outcome.choices, widget=forms.RadioSelect)
    ended_at = DateTimeField(label=_("听证结束时间"), required=False)
    agents = forms.CharField(
        label=_("代理人"), max_length=200, required=False, help_text=_("一至二人，用顿号隔开；没有则留空")
    )
    record = LongText(
        label=_("听证笔录"), rows=10, required=False, help_text=_("必填；当事人撤回或者不到场的，写明情况")
    )
    signature = forms.CharField(label=_("签名情况"), max_length=200, required=False, help_text=_("必填"))
    defence = LongText(
        label=_("当事人的意见和证据"), rows=4, required=False, help_text=_("以下各项印入听证报告")
    )
    issues = LongText(
        label=_("争议焦点和证据采信"), rows=3, required=False, help_text=_("每行一个焦点，写明是否采信及理由")
    )
    findings = LongText(label=_("听证认定的事实"), rows=4, required=False)
    advice = forms.ChoiceField(
        label=_("处理意见"),
        choices=Hearing.Advice.choices,
        required=False,
        widget=forms.RadioSelect,
        help_text=_("已举行的必填"),
    )
    report = LongText(label=_("处理意见的理由"), rows=4, required=False, help_text=_("已举行的必填"))


class ReasonForm(ActForm):
    """State the reason."""

    reason = LongText(label=_("理由"), rows=4, max_length=2000)
