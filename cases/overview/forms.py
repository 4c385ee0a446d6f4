"""Shape of the filters of the case list."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Any

from django import forms
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from cases.dossier.models import Source
from cases.dossier.stages import STEPS, Stage
from desk import clock
from desk.keys import FIRST_YEAR, LAST_YEAR
from townships.selectors import remembered

DUE = (
    ("", _("全部时限")),
    ("overdue", _("逾期")),
    ("today", _("今天到期")),
    ("soon", _("3 个工作日内")),
    ("later", _("更晚到期")),
    ("none", _("没有在走的时限")),
)
Choices = Sequence[tuple[Any, Any]]


# Choices are asked for, not handed over: a form copies whatever its fields hold, each word, for each request.
def steps() -> Choices:
    """List the steps of the procedure, after the choice of none."""
    return [("", _("全部步骤")), *((str(number), label) for number, (label, _stages) in enumerate(STEPS))]


def due() -> Choices:
    """List how near the next due day may be."""
    return DUE


def townships() -> Choices:
    """List the county's townships by their short names, after the choice of none."""
    return [("", _("全部乡镇街道")), *_townships_today()]


def _townships_today() -> Sequence[tuple[int, str]]:
    today = clock.today()
    return remembered.townships.get([today])[today]


def stages() -> Choices:
    """List the stages, after the choice of none."""
    return [("", _("全部阶段")), *Stage.choices]


def sources() -> Choices:
    """List where leads come from, after the choice of none."""
    return [("", _("全部来源")), *Source.choices]


class CaseFilter(forms.Form):
    """What the case list may be narrowed to; lives in the URL."""

    q = forms.CharField(label=_("查找"), required=False, max_length=100)
    step = forms.ChoiceField(label=_("步骤"), required=False, choices=steps)
    due = forms.ChoiceField(label=_("时限"), required=False, choices=due)
    township = forms.ChoiceField(label=_("乡镇街道"), required=False, choices=townships)
    stage = forms.ChoiceField(label=_("阶段"), required=False, choices=stages, widget=forms.HiddenInput)
    source = forms.ChoiceField(label=_("来源"), required=False, choices=sources, widget=forms.HiddenInput)
    year = forms.IntegerField(
        label=_("发现年份"),
        required=False,
        min_value=FIRST_YEAR,
        max_value=LAST_YEAR,
        widget=forms.HiddenInput,
    )
    mine = forms.BooleanField(label=_("我经办的"), required=False)
    zone = forms.BooleanField(label=_("我的片区"), required=False)
    open = forms.BooleanField(label=_("只看在办"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("案号、当事人、案由、地址、车牌")


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address of a case list asks for: values that fit, words that do not, and the fields shown."""

    values: Mapping[str, Any]
    unreadable: tuple[str, ...]
    drawn: SafeString


def asked_by(address: Mapping[str, str]) -> Asked:
    """Read an address once for each language, townships of the day, and what was asked."""
    asked = tuple((name, address[name]) for name in CaseFilter.base_fields if name in address)
    return _read(get_language(), tuple(_townships_today()), asked)


@lru_cache(maxsize=256)
def _read(
    _language: str | None, _townships: tuple[tuple[int, str], ...], asked: tuple[tuple[str, str], ...]
) -> Asked:
    form = CaseFilter(dict(asked))
    form.is_valid()
    drawn = render_to_string("components/filter_fields.html", {"form": form})
    return Asked(MappingProxyType(form.cleaned_data), tuple(form.errors), drawn)
