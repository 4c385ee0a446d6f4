"""Forms of what agreements go through, of the lists and batches they come from, and of the life of bodies."""

import re
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from catalog.fields import name_of
from catalog.models import Item
from desk.fields import DateField, LongText
from desk.typeahead import TypeAhead
from townships.forms.people import DatedForm
from townships.models import Body, ItemSource, Meeting, Mode, TailoredChange, TailoredList
from townships.models.bodies import COUNTY_DEPARTMENTS, GRASSROOTS
from townships.models.modes import HANDED_ON
from townships.selectors import body_named, find_item, items_by_words

# A name may hold commas of its own: the department is what stands after the last one.
LINE = re.compile(r"(?P<item>.+?)\s*[,，]\s*(?P<body>[^,，]+?)(?P<extra>[,，]\s*目录外)?\s*")
COUNTY, TOWN = ("department", "source_body"), ("township",)


class SidedForm(DatedForm):
    """A dated form that offers departments and townships under their own names."""

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.on = on
        for names, kinds in ((COUNTY, COUNTY_DEPARTMENTS), (TOWN, GRASSROOTS)):
            for name in names:
                field = self.fields.get(name)
                if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                    field.queryset = field.queryset.filter(kind__in=kinds)


class NothingForm(DatedForm):
    """An act that asks for nothing."""


class ReviewForm(DatedForm):
    """The legal review of a draft."""

    agree = forms.BooleanField(label=_("同意签署"), required=False)
    opinion = LongText(label=_("审核意见"), rows=3)


class FileForm(DatedForm):
    """The filing of an agreement."""

    filed_on = DateField(label=_("备案日期"))
    filing_number = forms.CharField(label=_("备案号"), max_length=60, required=False)


class MeetingForm(DatedForm):
    """A meeting of the leading group."""

    title = forms.CharField(label=_("会议名称"), max_length=120)
    held_on = DateField(label=_("会议日期"))
    document = forms.CharField(label=_("纪要文号"), max_length=100)
    decision = LongText(label=_("议定事项"), rows=4)


class BatchForm(DatedForm):
    """A batch of handing powers down."""

    name = forms.CharField(label=_("批次"), max_length=60)
    document = forms.CharField(label=_("文件"), max_length=200)
    effective_on = DateField(label=_("生效日期"))
    guided_total = forms.IntegerField(label=_("指导目录项数"), min_value=1, max_value=100_000, required=False)
    meeting = forms.ModelChoiceField(in_county(Meeting), label=_("会议决定"), required=False)


class BatchTermsForm(DatedForm):
    """What all agreements of a batch say alike."""

    mode = forms.ChoiceField(
        label=_("授权方式"), choices=[(mode.value, mode.label) for mode in Mode if mode in HANDED_ON]
    )
    valid_to = DateField(label=_("截止日期"), required=False, help_text=_("委托必填"))
    legal_basis = forms.CharField(label=_("法律依据"), max_length=500)
    decision_document = forms.CharField(
        label=_("决定文件"), max_length=300, required=False, help_text=_("赋权的，填写省级决定文件")
    )
    powers = LongText(label=_("权限"), required=False, rows=2)
    scope_note = LongText(label=_("范围说明"), required=False, rows=2)
    qualification_note = LongText(label=_("受委托组织条件核实"), required=False, rows=2)
    coercive_basis = forms.CharField(
        label=_("行政强制措施依据"),
        max_length=300,
        required=False,
        help_text=_("赋权事项含行政强制的，填写由乡镇实施的明确依据；委托不得填写"),
    )
    capacity_note = LongText(
        label=_("承接能力不足仍予办理的理由"), required=False, rows=2, help_text=_("人员不足的乡镇须有理由")
    )

    def plain(self) -> dict[str, str]:
        """Return the terms as a job carries them."""
        ends = self.cleaned_data["valid_to"]
        return {**self.cleaned_data, "valid_to": ends.isoformat() if ends else ""}


class TailoredListForm(DatedForm):
    """A tailored list, one line an item: code or name, department, 目录外 where the guiding list lacks it."""

    name = forms.CharField(label=_("清单名称"), max_length=60)
    note = forms.CharField(label=_("说明"), max_length=200, required=False)
    entries = LongText(
        label=_("事项"),
        rows=10,
        help_text=_("每行一项：编码或完整名称，部门；指导目录以外的在行末写“，目录外”"),
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, on=on, **kwargs)
        self.on = on

    def clean_entries(self) -> dict[int, tuple[Body, ItemSource]]:
        """Read the lines; tell which could not be read."""
        lines = [line.strip() for line in self.cleaned_data["entries"].splitlines() if line.strip()]
        read = {line: parts.groupdict() for line in lines if (parts := LINE.fullmatch(line))}
        items = items_by_words([parts["item"] for parts in read.values()], self.on)
        bodies = self._departments({parts["body"] for parts in read.values()})
        bad = [
            line
            for line in lines
            if line not in read or read[line]["item"] not in items or read[line]["body"] not in bodies
        ]
        if bad:
            raise ValidationError(_("这些行读不出来：%(lines)s") % {"lines": "；".join(bad[:5])})
        return {
            items[parts["item"]].pk: (
                bodies[parts["body"]],
                ItemSource.EXTRA if parts["extra"] else ItemSource.GUIDED,
            )
            for parts in read.values()
        }

    def _departments(self, names: set[str]) -> dict[str, Body]:
        """Find the departments of these names, an abolished one by its successor."""
        found = {name: body_named(name, self.on) for name in names}
        return {name: body for name, body in found.items() if body and body.kind in COUNTY_DEPARTMENTS}


class ChooseListForm(SidedForm):
    """The list a township follows."""

    township = forms.ModelChoiceField(Body.objects.none(), label=_("乡镇（街道）"))
    tailored_list = forms.ModelChoiceField(in_county(TailoredList), label=_("特色清单"))


class ItemBox(TypeAhead):
    """A text box that finds items; words typed without a choice count as well."""

    def __init__(self) -> None:
        super().__init__(url=reverse_lazy("items_suggest"), label_of=name_of)

    def value_from_datadict(self, data: Any, files: MultiValueDict[str, Any], name: str) -> Any:
        """Take the choice, else the words."""
        return super().value_from_datadict(data, files, name) or self.typed


class ItemField(forms.CharField):
    """An item by its code, key or name, found as one types."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(label=_("事项"), max_length=500, widget=ItemBox(), **kwargs)


class ItemForm(SidedForm):
    """A form about one item of one township."""

    township = forms.ModelChoiceField(Body.objects.none(), label=_("乡镇（街道）"))
    item = ItemField()

    def clean_item(self) -> Item:
        """Find the item of the day."""
        found = find_item(self.cleaned_data["item"], self.on)
        if found is None:
            raise ValidationError(_("没有这个事项，或名称不止一项；请从匹配项中选择，或用编码。"))
        return found


class ChangeForm(ItemForm):
    """An addition to a township's list or a removal from it."""

    kind = forms.ChoiceField(label=_("增减"), choices=TailoredChange.Kind.choices)
    department = forms.ModelChoiceField(Body.objects.none(), label=_("部门"), required=False)
    source = forms.ChoiceField(label=_("来源"), choices=ItemSource.choices)
    reason = forms.CharField(label=_("理由"), max_length=300)


class OrderForm(ItemForm):
    """What a township asks for."""

    department = forms.ModelChoiceField(Body.objects.none(), label=_("部门"))
    reason = LongText(label=_("申请理由"), rows=3)

    def order_for(self, township: Body | None) -> None:
        """Leave only the township whose people order."""
        field = self.fields["township"]
        if isinstance(field, forms.ModelChoiceField) and field.queryset is not None and township is not None:
            field.queryset = field.queryset.filter(pk=township.pk)
            field.initial = township


class AnswerForm(BatchTermsForm):
    """The county's answer to an order; agreed to, it becomes a draft with these terms."""

    agree = forms.BooleanField(label=_("同意"), required=False)
    answer = LongText(label=_("答复理由"), rows=3)
    legal_basis = forms.CharField(label=_("法律依据"), max_length=500, required=False)
    field_order = ["agree", "answer"]


class EndBodyForm(DatedForm):
    """The end of a body."""

    last_day = DateField(label=_("存续的最后一天"))
    successor = forms.ModelChoiceField(Body.objects.none(), label=_("承继机关"), required=False)
    document = forms.CharField(label=_("撤并文件"), max_length=200)


class AliasForm(DatedForm):
    """A further name of a body."""

    name = forms.CharField(label=_("别名"), max_length=100)
