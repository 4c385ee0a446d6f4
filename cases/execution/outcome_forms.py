"""Shape of what reconsideration or suit made of a decision."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.decision.outcomes import Outcome
from cases.flow.acts import ActForm
from cases.investigation.content import provisions_of
from cases.investigation.findings import current_report
from desk.fields import DateField, LongText, UploadField, offer_answers
from law.gates import gate
from townships.selectors import county


class OutcomeForm(ActForm):
    """An effective document of a reviewing organ or a court, as it tells itself."""

    channel = forms.ChoiceField(
        label=_("途径"), choices=Outcome.Channel.choices, widget=forms.RadioSelect, initial="review"
    )
    result = forms.ChoiceField(label=_("结果"), choices=Outcome.Result.choices, widget=forms.RadioSelect)
    body = forms.CharField(label=_("复议机关或者法院"), max_length=200)
    number = forms.CharField(
        label=_("文书编号"), max_length=100, help_text=_("复议决定书、判决书或者裁定书的编号")
    )
    decided_on = DateField(label=_("作出日期"))
    effective_on = DateField(label=_("生效日期"), help_text=_("未生效的不登记；复议决定为送达当事人之日"))
    grounds = forms.CharField(
        label=_("所依据的条款"),
        max_length=300,
        help_text=_("照文书载明的法律条款填写；本案依据的条款可以直接选"),
    )
    fine = forms.DecimalField(
        label=_("变更后的罚款（元）"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("结果为变更、且罚款数额改变的填写"),
    )
    upload = UploadField(label=_("文书扫描件"))

    def offer(self) -> None:
        """Suggest the body that reviews decisions in the county, and the provisions the case rests on."""
        self.fields["body"].initial = county().government_name
        report = current_report(self.case)
        version = report.item_version if report else self.case.item_version
        own = provisions_of(version, report.band if report else None) if version else []
        after_revocation = (cited.zh for cited in gate("no_identical_redecision").citations)
        offer_answers(self.fields["grounds"], [*after_revocation, *own])


class VoidOutcomeForm(ActForm):
    """An outcome entered by mistake, and why."""

    outcome = forms.ModelChoiceField(Outcome.objects.none(), label=_("哪项结果登记"))
    reason = LongText(
        label=_("作废理由"),
        rows=3,
        max_length=300,
        help_text=_("登记错误才作废；原登记和文书仍留在案卷中"),
    )

    def offer(self) -> None:
        """Offer what counts."""
        field = self.fields["outcome"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Outcome.objects.filter(case=self.case, voided_at=None).order_by("id")
