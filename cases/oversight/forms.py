"""Shape of a county's own figure."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.fields import DateField

KEYS = [
    ("hearing.fine", _("听证：较大数额罚款（元）")),
    ("hearing.confiscation", _("听证：较大价值没收（元）")),
]
PARTIES = [("citizen", _("公民")), ("organisation", _("法人或其他组织"))]


class LawSettingForm(forms.Form):
    """A hearing threshold of the place, with its source."""

    key = forms.ChoiceField(label=_("参数"), choices=KEYS)
    party_type = forms.ChoiceField(label=_("适用对象"), choices=PARTIES)
    amount = forms.DecimalField(label=_("数额（元）"), min_value=1, max_digits=14, decimal_places=2)
    article = forms.CharField(label=_("依据"), max_length=200, help_text=_("地方规定名称和条款"))
    source = forms.CharField(label=_("来源"), max_length=300, help_text=_("文号或公布网址"))
    valid_from = DateField(label=_("施行日期"))

    def setting(self, place: str) -> dict[str, Any]:
        """Return the keyword arguments of the service."""
        data = self.cleaned_data
        return {
            "key": data["key"],
            "value": {
                "value": str(data["amount"]),
                "unit": "yuan",
                "keys": {"place": place, "party_type": data["party_type"]},
            },
            "article": data["article"],
            "source": data["source"],
            "valid_from": data["valid_from"],
        }
