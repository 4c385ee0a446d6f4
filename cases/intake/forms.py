"""Shape of intake input."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.dossier.models import Source
from cases.flow.acts import ActForm
from cases.intake.fields import PlaceChoice, TownshipChoice
from cases.intake.models import NoFilingGround
from cases.parties.fields import CreditCodeField
from cases.parties.models import Party
from cases.routing.forms import OfficersForm
from catalog.fields import ItemField
from desk import clock
from desk.fields import DateField, DateTimeField, LongText
from desk.typeahead import TypeAhead
from townships.models import Officer
from townships.selectors import items_by_words

WORDS = forms.CharField(max_length=200, required=False)


class LeadForm(forms.Form):
    """A lead in six fields: source, what, where, when, who, item; the rest is found out later."""

    source = forms.ChoiceField(
        label=_("来源"), choices=Source.choices, widget=forms.RadioSelect, initial=Source.PATROL
    )
    summary = LongText(
        label=_("发生了什么"), rows=3, help_text=_("时间、地点、谁、做了什么，一两句话即可"), max_length=4000
    )
    township = TownshipChoice(label=_("乡镇街道"))
    place = PlaceChoice(label=_("村社网格"), required=False)
    address = forms.CharField(
        label=_("具体地点"),
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"placeholder": _("路名、门牌或标志物")}),
    )
    happened_at = DateTimeField(label=_("什么时候"), required=False)
    party_name = forms.CharField(
        label=_("涉及谁"), max_length=200, required=False, help_text=_("不清楚可不填")
    )
    item = ItemField(label=_("什么事项"), required=False, help_text=_("不清楚可不填，核查后再定"))
    informant_named = forms.BooleanField(label=_("实名举报，需要答复"), required=False)

    def __init__(self, *args: Any, actor: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if actor.body is not None and actor.body.is_grassroots:
            self.fields["township"].initial = actor.body_id

    def clean(self) -> dict[str, Any]:
        """Take an item whose full name or code was typed; keep other words, for the check to settle."""
        cleaned = super().clean() or self.cleaned_data
        words = ""
        if not cleaned.get("item"):
            try:
                words = WORDS.clean(self.data.get("item_text"))
            except forms.ValidationError as error:
                self.add_error("item", error)
        if words:
            cleaned["item"] = items_by_words([words], clock.today()).get(words)
        cleaned["item_words"] = "" if cleaned.get("item") else words
        return cleaned


class PartyForm(ActForm):
    """Who the party is, as its papers show."""

    party_kind = forms.ChoiceField(label=_("当事人类型"), choices=Party.Kind.choices)
    party_name = forms.CharField(
        label=_("当事人姓名或名称"), max_length=200, help_text=_("个体工商户填字号，并注明经营者")
    )
    id_number = forms.CharField(label=_("身份证件号码"), max_length=40, required=False)
    born_on = DateField(
        label=_("出生日期"), required=False, help_text=_("没有身份证号码时填写；不满十八周岁的处罚有特别规定")
    )
    credit_code = CreditCodeField()
    operator = forms.CharField(label=_("经营者"), max_length=60, required=False)
    legal_representative = forms.CharField(label=_("法定代表人或负责人"), max_length=60, required=False)
    address = forms.CharField(label=_("住址或住所"), max_length=200, help_text=_("决定书必须载明当事人地址"))
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)

    def offer(self) -> None:
        """Start from the name the case knows."""
        self.fields["party_name"].initial = self.case.party_name


class CorrectPartyForm(PartyForm):
    """Who the party really is; numbers are typed anew, for a page shows them to nobody unasked."""

    reason = LongText(
        label=_("更正理由"), rows=3, max_length=500, help_text=_("写明原登记错在哪里、依据什么证照更正")
    )

    def offer(self) -> None:
        """Start from what is registered, but for its numbers."""
        super().offer()
        party = self.case.party
        if party is not None:
            self.fields["party_kind"].initial = party.kind
            for name in ("operator", "legal_representative", "address"):
                self.fields[name].initial = getattr(party, name)


class VerifyForm(PartyForm):
    """What the check found."""

    field_order = ("checked_at", "findings", "item", "ended_on", "grave_harm")

    checked_at = DateTimeField(label=_("核查时间"), required=False)
    findings = LongText(label=_("核查情况"), rows=5)
    item = ItemField(label=_("违法事项"), help_text=_("输入名称、编码、拼音首字母或常用说法"))
    ended_on = DateField(
        label=_("违法行为终了之日"),
        required=False,
        help_text=_("持续中的行为填最近一次发现之日；用于计算追责时效"),
    )
    grave_harm = forms.BooleanField(
        label=_("涉及生命健康安全、金融安全且有危害后果"),
        required=False,
        help_text=_("两项条件同时具备，追责时效才为五年"),
    )
    suggestion = forms.ChoiceField(
        label=_("核查意见"),
        choices=[("file", _("建议立案")), ("decline", _("建议不予立案"))],
        widget=forms.RadioSelect,
        initial="file",
    )

    def offer(self) -> None:
        """Start from what the lead said."""
        super().offer()
        box = self.fields["item"].widget
        self.fields["item"].initial = self.case.item_id
        if self.case.item_id is None and isinstance(box, TypeAhead):
            box.typed = self.case.item_words


class ProposeFilingForm(OfficersForm):
    """The proposal to file, with two certified officers."""

    opinion = LongText(label=_("承办人意见"), rows=4, initial="经核查，涉嫌违法，属于本机关管辖，建议立案。")


class OpinionForm(ActForm):
    """The head's opinion."""

    opinion = LongText(label=_("机关负责人意见"), rows=3, initial="同意立案。")


class ReasonForm(ActForm):
    """State the reason."""

    reason = LongText(label=_("理由"), rows=4, max_length=2000)


class RefuseFilingForm(ReasonForm):
    """Why the case is not filed: the ground in law, and what it rests on."""

    ground = forms.ChoiceField(
        label=_("不予立案的情形"), choices=NoFilingGround.choices, widget=forms.RadioSelect
    )
    field_order = ["ground", "reason"]
