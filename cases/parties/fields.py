"""The shape of what identifies a party."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cases.parties.models import CREDIT_CODE


class CreditCodeField(forms.CharField):
    """A 统一社会信用代码 as a licence shows it: eighteen digits and capital letters."""

    def __init__(self) -> None:
        super().__init__(label=_("统一社会信用代码"), max_length=18, required=False)

    def to_python(self, value: Any) -> str:
        """Read small letters as capitals."""
        return str(super().to_python(value)).upper()

    def validate(self, value: Any) -> None:
        """Refuse what no licence shows: documents name the party by it (行政处罚法第五十九条第（一）项)."""
        super().validate(value)
        if value and not CREDIT_CODE.fullmatch(value):
            raise ValidationError(
                _("统一社会信用代码为18位数字和大写字母，请照营业执照填写。"), code="credit_code"
            )
