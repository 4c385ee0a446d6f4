"""Shape of a county's own figure."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.dossier.law_keys import FIGURES
from cases.oversight.thresholds import HUNDRED, PARTIES
from desk.fields import DateField
from law.profiles import NATIONAL

SECTORS = [("", _("不分领域")), ("samr", _("市场监管")), ("mohurd", _("住房和城乡建设（城管）"))]
ANYBODY = ("", _("不分当事人"))


class Proposal(forms.Form):
    """What every proposal names: the paper behind it and its first day."""

    article = forms.CharField(label=_("依据"), max_length=200, help_text=_("文件名称和条款"))
    source = forms.CharField(label=_("来源"), max_length=300, help_text=_("文号或公布网址"))
    valid_from = DateField(label=_("施行日期"))

    def paper(self) -> dict[str, Any]:
        """Return the paper as keyword arguments of the service."""
        return {name: self.cleaned_data[name] for name in ("article", "source", "valid_from")}


def key_choices() -> list[tuple[str, str]]:
    """Return the figures a county may set, each with its unit."""
    units = {"yuan": _("元"), "rate": "%"}
    return [(figure.key, f"{figure.label}（{units[figure.unit]}）") for figure in FIGURES.values()]


class LawSettingForm(Proposal):
    """An amount of the place by sector and kind of party, with its source."""

    key = forms.ChoiceField(label=_("参数"), choices=key_choices)
    party_type = forms.ChoiceField(
        label=_("适用对象"),
        choices=[ANYBODY, *PARTIES.items()],
        required=False,
        help_text=_("法律区分当事人的，须选定"),
    )
    sector = forms.ChoiceField(label=_("领域"), choices=SECTORS, required=False)
    amount = forms.DecimalField(
        label=_("数额"),
        min_value=Decimal("0.01"),
        max_digits=14,
        decimal_places=2,
        help_text=_("元；比例填百分数"),
    )
    amended = forms.BooleanField(
        label=_("法律已修改"), required=False, help_text=_("法律自己定的数额，只有法律修改后才能改")
    )
    field_order = ("key", "party_type", "sector", "amount", "amended", "article", "source", "valid_from")

    def clean(self) -> dict[str, Any]:
        """Ask for the party and the sector where the law looks a figure up by them, and nowhere else."""
        data = super().clean() or self.cleaned_data
        figure = FIGURES.get(data.get("key", ""))
        if figure is None:
            return data
        if figure.by_party != bool(data.get("party_type")):
            self.add_error(
                "party_type",
                _("须选定当事人类型。") if figure.by_party else _("该参数不分当事人，请选“不分当事人”。"),
            )
        if data.get("sector") and not figure.by_sector:
            self.add_error("sector", _("该参数不分领域，请选“不分领域”。"))
        return data

    def setting(self, place: str) -> dict[str, Any]:
        """Return the keyword arguments of the service."""
        data = self.cleaned_data
        figure = FIGURES[data["key"]]
        keys = {"place": place, "party_type": data["party_type"], "sector": data["sector"]}
        amount = data["amount"] / HUNDRED if figure.unit == "rate" else data["amount"]
        value = {
            "value": f"{amount:f}",
            "unit": figure.unit,
            "keys": {name: key for name, key in keys.items() if key and key != NATIONAL},
        }
        return {
            "key": figure.key,
            "value": {**value, "amended": True} if data["amended"] else value,
            **self.paper(),
        }
