"""Shape of investigation input."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.flow.acts import ActForm
from cases.instruments.models import Instrument
from cases.investigation.exoneration import Ground
from cases.investigation.models import Exhibit, Record
from cases.investigation.proposals import open_kinds
from catalog.discretion.calculator import EXEMPT, ticked, ticks_offered
from catalog.guides import guide_in_force
from catalog.models import DiscretionBand, PenaltyKind
from catalog.selectors import bands_in_force
from desk.fields import DateField, DateTimeField, LongText, UploadField, offer_answers
from law.discretion import MITIGATED_BY


class ExhibitForm(ActForm):
    """A piece of evidence."""

    upload = UploadField(label=_("文件"), hint=_("照片、扫描件、视频或 PDF，原件按校验码保存，不会被改动"))
    kind = forms.ChoiceField(label=_("证据种类"), choices=Exhibit.Kind.choices)
    title = forms.CharField(label=_("名称"), max_length=200)
    proves = forms.CharField(label=_("证明事项"), max_length=300, help_text=_("这份证据证明什么"))
    source = forms.CharField(label=_("来源"), max_length=200, initial="执法人员现场取得")
    collected_at = DateTimeField(label=_("取证时间"))
    place = forms.CharField(label=_("取证地点"), max_length=200)
    by_device = forms.BooleanField(
        label=_("电子技术监控设备的记录"),
        required=False,
        help_text=_("须经审核后才能作为证据"),
    )

    def offer(self) -> None:
        """Start from the place of the case."""
        self.fields["place"].initial = self.case.address


class RecordForm(ActForm):
    """An inspection or interview."""

    started_at = DateTimeField(label=_("开始时间"))
    ended_at = DateTimeField(label=_("结束时间"))
    place = forms.CharField(label=_("地点"), max_length=200)
    subject = forms.CharField(label=_("被检查人（在场人）"), max_length=100)
    content = LongText(label=_("记录内容"), rows=8, help_text=_("客观记录，不下结论"))
    certificate_shown = forms.BooleanField(label=_("已出示执法证件并表明身份"), required=False)
    rights_told = forms.BooleanField(label=_("已告知权利义务（申请回避、陈述、配合调查）"), required=False)
    notice_reply = forms.CharField(
        label=_("是否看清证件、听清告知"), max_length=200, required=False, initial="看清楚了，听清楚了。"
    )
    recusal_reply = forms.CharField(
        label=_("是否申请回避"), max_length=200, required=False, initial="不申请回避。"
    )
    signature = forms.CharField(label=_("签名情况"), max_length=200, initial="当事人核对无误并逐页签名")

    def offer(self) -> None:
        """Start from the place and party of the case."""
        self.fields["place"].initial = self.case.address
        self.fields["subject"].initial = self.case.party_name


class InterviewForm(RecordForm):
    """An interview: questions and answers of one person."""

    subject = forms.CharField(label=_("被询问人"), max_length=100)
    content = LongText(
        label=_("问答记录"), rows=12, help_text=_("一问一答，一人一份；每行以“问：”“答：”开头")
    )

    def offer(self) -> None:
        """Start from the person who speaks for the party and the questions of the item's guide."""
        super().offer()
        self.fields["subject"].initial = self.case.party.speaker if self.case.party else ""
        guide = guide_in_force(self.case.item, self.on) if self.case.item else None
        if guide is not None:
            asked = [f"问：{question.removeprefix('问：')}\n答：" for question in guide.questions]
            self.fields["content"].initial = "\n".join(asked)


class CorrectionForm(ActForm):
    """An order to correct."""

    demand = LongText(label=_("改正要求"), rows=3)
    due_on = DateField(label=_("改正期限"), required=False, help_text=_("留空表示立即改正"))


class VoidForm(ActForm):
    """A mistaken entry, and why."""

    entry = forms.ChoiceField(label=_("哪项登记"), choices=[])
    reason = forms.CharField(label=_("作废理由"), max_length=300)

    def offer(self) -> None:
        """Offer what still counts."""
        exhibits = Exhibit.objects.filter(case=self.case, voided_at=None).order_by("number")
        records = Record.objects.filter(case=self.case, voided_at=None).order_by("started_at")
        self.entries = {f"exhibit:{one.pk}": one for one in exhibits} | {
            f"record:{one.pk}": one for one in records
        }
        field = self.fields["entry"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(one)) for key, one in self.entries.items()]

    def clean_entry(self) -> Exhibit | Record:
        """Return the entry itself."""
        return self.entries[self.cleaned_data["entry"]]


class ScanForm(ActForm):
    """A signed paper."""

    instrument = forms.ModelChoiceField(Instrument.objects.none(), label=_("哪份文书的签字件"))
    upload = UploadField(label=_("扫描件或照片"))
    note = forms.CharField(label=_("说明"), max_length=200, required=False)

    def offer(self) -> None:
        """Offer the documents of the case."""
        field = self.fields["instrument"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Instrument.objects.filter(case=self.case).order_by("file_order", "id")


class BandField(forms.ModelChoiceField[DiscretionBand]):
    """The choice of a discretion grade, shown with its circumstances and penalty."""

    def label_from_instance(self, obj: DiscretionBand) -> str:
        """Return grade, circumstances and penalty in one line."""
        return f"{obj.grade}：{obj.circumstances}　{obj.penalty_text}"[:160]


class Ticks(forms.CheckboxSelectMultiple):
    """Circumstances of benchmarks: boxes under one name, and a radio for each factor under its own."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[str]:
        """Gather both."""
        return ticked(data, name)


SUMS = {
    "quantity": 1,
    "confiscated_gains": 0,
    "confiscated_goods": 0,
    "illegal_gains": 0,
    "gains_refunded": 0,
}


class ReportForm(ActForm):
    """The report with the proposed penalty."""

    facts = LongText(label=_("违法事实"), rows=6, help_text=_("时间、地点、行为、手段、数额、后果"))
    circumstances = forms.MultipleChoiceField(
        required=False,
        label=_("裁量情节"),
        choices=[],
        widget=Ticks,
        help_text=_("勾选查明的情节，系统据此算出幅度"),
    )
    band = BandField(
        DiscretionBand.objects.none(), required=False, label=_("裁量阶次"), help_text=_("依情节选一档")
    )
    kinds = forms.MultipleChoiceField(
        label=_("拟处罚种类"),
        choices=PenaltyKind.choices,
        initial=[PenaltyKind.FINE],
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("拟不予处罚的不选，并在“不予处罚情形”中选择"),
    )
    fine = forms.DecimalField(label=_("拟罚款（元）"), min_value=0, max_digits=14, decimal_places=2)
    quantity = forms.DecimalField(
        label=_("计罚数量"),
        min_value=0,
        max_digits=14,
        decimal_places=2,
        initial=1,
        required=False,
        help_text=_("按平方米、处计罚的填数量，按倍数、百分比计罚的填基数（元）；其他情形填 1"),
    )
    confiscated_gains = forms.DecimalField(
        label=_("没收违法所得（元）"), min_value=0, max_digits=14, decimal_places=2, initial=0, required=False
    )
    confiscated_goods = forms.DecimalField(
        label=_("没收财物价值（元）"), min_value=0, max_digits=14, decimal_places=2, initial=0, required=False
    )
    reasoning = LongText(label=_("定性与裁量理由"), rows=4)
    deviation_reasons = LongText(
        label=_("偏离裁量基准的理由"), rows=2, required=False, help_text=_("仅在档次以外拟处时填写")
    )
    mitigation_basis = forms.CharField(
        label=_("从轻、减轻处罚依据"),
        max_length=200,
        required=False,
        help_text=_("在法定幅度以下拟处、或者当事人不满十八周岁时填写，引条文"),
    )
    exemption_refusal = LongText(
        label=_("不采纳不予处罚建议的理由"),
        rows=2,
        required=False,
        help_text=_("勾选的条件符合免罚清单而仍拟处罚时填写（行政处罚法第三十三条）"),
    )
    ground = forms.ChoiceField(
        label=_("不予处罚情形"), choices=[("", _("无")), *Ground.choices], required=False
    )
    ground_reasons = LongText(label=_("认定的事实和理由"), rows=2, required=False)
    illegal_gains = forms.DecimalField(
        label=_("违法所得（元）"), min_value=0, max_digits=14, decimal_places=2, initial=0, required=False
    )
    gains_refunded = forms.DecimalField(
        label=_("依法退赔（元）"), min_value=0, max_digits=14, decimal_places=2, initial=0, required=False
    )
    gains_reasons = LongText(label=_("违法所得未予没收的理由"), rows=2, required=False)
    complex = forms.BooleanField(label=_("情节复杂或者重大违法（须法制审核并集体讨论）"), required=False)
    public_interest = forms.BooleanField(label=_("涉及重大公共利益（须法制审核）"), required=False)
    crime_suspected = forms.BooleanField(label=_("涉嫌犯罪（应当移送，不得以罚代刑）"), required=False)

    def offer(self) -> None:
        """Offer the grades of the item in force today."""
        if self.case.item is None:
            return
        offer_answers(self.fields["mitigation_basis"], MITIGATED_BY)
        if self.case.item_version is not None:
            granted = open_kinds(self.case.item_version)
            # The page offers what the basis grants; what else is sent the service refuses with its article.
            self.fields["kinds"].widget.choices = [one for one in PenaltyKind.choices if one[0] in granted]
        offered = self.fields["circumstances"]
        assert isinstance(offered, forms.MultipleChoiceField)
        offered.choices = ticks_offered(self.case.item, self.on)
        if not offered.choices:
            del self.fields["circumstances"]
        if not any(value.startswith(EXEMPT) for value, _text in offered.choices):
            del self.fields["exemption_refusal"]
        bands = bands_in_force(self.case.item, self.on)
        field = self.fields["band"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = DiscretionBand.objects.filter(pk__in=[band.pk for band in bands]).select_related(
            "table"
        )

    def clean(self) -> dict[str, object]:
        """Read an empty quantity as one and an empty sum as nothing."""
        cleaned = super().clean() or self.cleaned_data
        for name, usual in SUMS.items():
            if cleaned.get(name) is None and name not in self.errors:
                cleaned[name] = Decimal(usual)
        return cleaned
