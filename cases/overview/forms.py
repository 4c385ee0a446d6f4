"""Shape of the filters of the case list."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.dossier.stages import STEPS, Stage


class CaseFilter(forms.Form):
    """What the case list may be narrowed to; lives in the URL."""

    q = forms.CharField(label=_("案号、当事人、案由、地点"), required=False, max_length=100)
    stage = forms.ChoiceField(label=_("阶段"), required=False, choices=[("", _("全部阶段")), *Stage.choices])
    step = forms.ChoiceField(
        label=_("步骤"),
        required=False,
        choices=[("", "")] + [(str(number), label) for number, (label, _stages) in enumerate(STEPS)],
    )
    township = forms.IntegerField(label=_("乡镇"), required=False)
    due = forms.ChoiceField(
        label=_("时限"),
        required=False,
        choices=[
            ("", _("全部")),
            ("overdue", _("逾期")),
            ("today", _("今天到期")),
            ("soon", _("3 个工作日内")),
        ],
    )
    mine = forms.BooleanField(label=_("我承办的"), required=False)
    open = forms.BooleanField(label=_("只看在办"), required=False)
