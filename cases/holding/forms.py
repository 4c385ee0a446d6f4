"""Shape of a hold."""

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.flow.acts import ActForm
from cases.holding.models import Hold
from desk.fields import DateTimeField, LongText

FIELDS = ("name", "features", "quantity", "note")


class GoodsField(LongText):
    """A list of things, one a line: name, features, quantity, note, parted by commas."""

    def clean(self, value: str) -> list[dict[str, str]]:
        """Read the lines."""
        text = super().clean(value)
        lines = [line.strip() for line in text.splitlines() if line.strip()]
        return [self._read(line) for line in lines]

    def _read(self, line: str) -> dict[str, str]:
        parts = [part.strip() for part in line.replace("，", ",").split(",")]
        if len(parts) > len(FIELDS) or not parts[0]:
            raise forms.ValidationError(_("每行一件：名称，规格特征，数量，备注"), code="goods")
        return dict(zip(FIELDS, [*parts, "", "", ""], strict=False))


class ProposeHoldForm(ActForm):
    """What shall be held, where, why."""

    goods = GoodsField(
        label=_("物品清单"), rows=4, max_length=5000, help_text=_("每行一件：名称，规格特征，数量，备注")
    )
    place = forms.CharField(label=_("保存地点"), max_length=200)
    reason = LongText(
        label=_("保存理由"), rows=3, max_length=2000, help_text=_("证据为何可能灭失或者以后难以取得")
    )
    taken_at = DateTimeField(
        label=_("紧急先行保存的时间"),
        required=False,
        help_text=_("仅在适用规则允许二十四小时内补批时填写；其他情形先批准后保存"),
    )

    def offer(self) -> None:
        """Start from the place of the case."""
        self.fields["place"].initial = self.case.address


class DisposeHoldForm(ActForm):
    """What becomes of what was held."""

    disposal = forms.ChoiceField(label=_("处理"), choices=Hold.Disposal.choices, widget=forms.RadioSelect)
    note = forms.CharField(label=_("处理说明"), max_length=300, help_text=_("返还签收、送检机构、移送机关等"))
