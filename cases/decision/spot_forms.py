"""Shape of an on-the-spot decision, with or without a lead that is already registered."""

from datetime import date
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.decision.spot_weighing import spot_cap
from cases.flow.acts import ActForm
from cases.intake.forms import LeadForm
from cases.investigation.forms import Ticks
from cases.parties.fields import CreditCodeField
from cases.parties.models import Party
from catalog.fields import ItemField
from catalog.models import PenaltyKind
from desk.fields import DateField, LongText
from law.money import plain
from townships.models import Officer
from townships.selectors import assignable

SPOT_KINDS = [(kind.value, kind.label) for kind in (PenaltyKind.WARNING, PenaltyKind.FINE)]


class FreeTicks(forms.MultipleChoiceField):
    """Circumstances of whatever item is chosen on the page; what is none of its own is left out."""

    widget = Ticks

    def valid_value(self, value: Any) -> bool:
        """Take any: which circumstances there are follows from the item."""
        return True


class OnSpotFields(forms.Form):
    """What an on-the-spot decision adds to a lead."""

    item = ItemField(label=_("违法事项"))
    party_kind = forms.ChoiceField(label=_("当事人类型"), choices=Party.Kind.choices)
    party_name = forms.CharField(label=_("当事人姓名或名称"), max_length=200)
    id_number = forms.CharField(label=_("身份证件号码"), max_length=40, required=False)
    born_on = DateField(label=_("出生日期"), required=False, help_text=_("没有身份证号码时填写"))
    credit_code = CreditCodeField()
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    second_officer = forms.ModelChoiceField(Officer.objects.none(), label=_("另一名执法人员"))
    kinds = forms.MultipleChoiceField(
        label=_("处罚种类"), choices=SPOT_KINDS, widget=forms.CheckboxSelectMultiple
    )
    fine = forms.DecimalField(
        label=_("罚款（元）"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        initial=0,
    )
    circumstances = FreeTicks(required=False, label=_("裁量情节"))
    quantity = forms.DecimalField(
        label=_("计罚数量"),
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        required=False,
        help_text=_("按平方米、处计罚的填数量，按倍数、百分比计罚的填基数（元）；其他情形不填"),
    )
    exemption_refusal = LongText(
        label=_("不采纳不予处罚建议的理由"),
        rows=2,
        required=False,
        max_length=2000,
        help_text=_("勾选的条件符合免罚清单而仍处罚时填写（行政处罚法第三十三条）"),
    )
    facts_clear = forms.BooleanField(label=_("违法事实确凿并有法定依据"), required=False)
    certificate_shown = forms.BooleanField(label=_("已出示执法证件"), required=False)
    rights_told = forms.BooleanField(label=_("已告知内容、事实、理由、依据和陈述申辩权"), required=False)
    statement = LongText(label=_("当事人陈述申辩"), rows=2, initial="无异议。", max_length=2000)
    received_by = forms.CharField(
        label=_("签收人"), max_length=100, help_text=_("拒绝签收的，写明“拒绝签收”和见证人")
    )


class OnSpotForm(OnSpotFields, ActForm):
    """An on-the-spot decision on a lead that is already registered."""

    def offer(self) -> None:
        """Offer the officer's certified colleagues, tell the limits, and start from the lead."""
        prepare(self, self.actor, self.on)
        self.fields["item"].initial = self.case.item_id
        self.fields["party_name"].initial = self.case.party_name


class OnSpotLeadForm(OnSpotFields, LeadForm):
    """Lead and on-the-spot decision on one screen."""

    def __init__(self, *args: Any, actor: Officer, on: date, **kwargs: Any) -> None:
        super().__init__(*args, actor=actor, **kwargs)
        del self.fields["informant_named"]
        prepare(self, actor, on)

    def clean(self) -> dict[str, Any]:
        """Take no words for an item: a decision names one."""
        cleaned = super().clean()
        cleaned.pop("item_words", None)
        return cleaned


class FileSummaryForm(ActForm):
    """Taking on record needs no input."""


def prepare(form: forms.Form, actor: Officer, on: date) -> None:
    """Offer the certified officers of the actor's body, without the actor; tell the limits of the day."""
    caps = {kind: plain(spot_cap(kind, on)) for kind in ("citizen", "organisation")}
    words = _("公民 %(citizen)s 元以下，法人或其他组织 %(organisation)s 元以下")
    form.fields["fine"].help_text = words % caps
    field = form.fields["second_officer"]
    assert isinstance(field, forms.ModelChoiceField)
    if actor.body is not None:
        field.queryset = assignable(actor.body, on).exclude(pk=actor.pk)
