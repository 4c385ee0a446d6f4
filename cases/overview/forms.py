"""Shape of the filters of the case list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.dossier.models import Source
from cases.dossier.stages import STEPS, Stage
from cases.intake.fields import TownshipChoice

DUE = (
    ("", _("全部时限")),
    ("overdue", _("逾期")),
    ("today", _("今天到期")),
    ("soon", _("3 个工作日内")),
    ("later", _("更晚到期")),
    ("none", _("没有在走的时限")),
)


class CaseFilter(forms.Form):
    """What the case list may be narrowed to; lives in the URL."""

    q = forms.CharField(label=_("查找"), required=False, max_length=100)
    step = forms.ChoiceField(
        label=_("步骤"),
        required=False,
        choices=[("", _("全部步骤"))]
        + [(str(number), label) for number, (label, _stages) in enumerate(STEPS)],
    )
    due = forms.ChoiceField(label=_("时限"), required=False, choices=DUE)
    township = TownshipChoice(label=_("乡镇街道"), required=False, empty_label=_("全部乡镇街道"))
    stage = forms.ChoiceField(
        label=_("阶段"),
        required=False,
        choices=[("", _("全部阶段")), *Stage.choices],
        widget=forms.HiddenInput,
    )
    source = forms.ChoiceField(
        label=_("来源"),
        required=False,
        choices=[("", _("全部来源")), *Source.choices],
        widget=forms.HiddenInput,
    )
    mine = forms.BooleanField(label=_("我承办的"), required=False)
    open = forms.BooleanField(label=_("只看在办"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["q"].widget.attrs["placeholder"] = _("案号、当事人、案由、地点")
