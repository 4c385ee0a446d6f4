"""Forms of the county, its bodies, their teams and places, and of the life of bodies."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from desk.fields import DateField, LongText
from papers.numbering import PATTERN, YEAR_AND_NUMBER
from townships.forms.people import DatedForm
from townships.models import Body, BodyKind, County, PlaceKind

PRINTED = ("address", "phone", "contact", "credit_code", "fine_bank", "fine_account")


class CountyForm(DatedForm):
    """What documents say of the county."""

    name = forms.CharField(label=_("县名"), max_length=60)
    government_name = forms.CharField(label=_("县人民政府全称"), max_length=100)
    court_name = forms.CharField(label=_("有管辖权的人民法院"), max_length=100)
    reconsideration_address = forms.CharField(label=_("行政复议受理地址"), max_length=200, required=False)
    bank_name = forms.CharField(label=_("罚款代收银行"), max_length=100, required=False)
    bank_account = forms.CharField(label=_("罚款代收账号"), max_length=60, required=False)
    place = forms.RegexField(
        r"^\d{6}$",
        label=_("地方标准"),
        required=False,
        help_text=_("查地方标准所用的六位行政区划代码；不填即本县代码"),
    )
    archive_pattern = forms.RegexField(
        PATTERN,
        label=_("归档号格式"),
        required=False,
        max_length=60,
        help_text=_(
            "{year} 为归档年度，{n} 为该年度顺序号（{n:04d} 补足四位），{word} 为机关代字；"
            "不填即 {year}{n:04d}"
        ),
    )

    def __init__(self, *args: Any, county: County | None = None, **kwargs: Any) -> None:
        if county is not None:
            kwargs["initial"] = {name: getattr(county, name) for name in self.base_fields}
        super().__init__(*args, **kwargs)

    def clean_archive_pattern(self) -> str:
        """Read none as year and number."""
        return self.cleaned_data["archive_pattern"] or YEAR_AND_NUMBER


class DescribeBodyForm(DatedForm):
    """What new documents print of a body."""

    address = forms.CharField(label=_("地址"), max_length=200, required=False)
    phone = forms.CharField(label=_("电话"), max_length=40, required=False)
    contact = forms.CharField(label=_("联系人"), max_length=60, required=False)
    credit_code = forms.CharField(label=_("统一社会信用代码"), max_length=18, required=False)
    fine_bank = forms.CharField(label=_("罚款代收银行"), max_length=100, required=False)
    fine_account = forms.CharField(label=_("罚款代收账号"), max_length=60, required=False)

    def __init__(self, *args: Any, body: Body | None = None, **kwargs: Any) -> None:
        if body is not None:
            kwargs["initial"] = {name: getattr(body, name) for name in PRINTED}
        super().__init__(*args, **kwargs)


class FoundBodyForm(DescribeBodyForm):
    """A body that begins to exist."""

    kind = forms.ChoiceField(label=_("类型"), choices=BodyKind.choices)
    name = forms.CharField(label=_("全称"), max_length=100, help_text=_("文书落款和印章用的全称"))
    short_name = forms.CharField(label=_("简称"), max_length=30)
    document_word = forms.CharField(
        label=_("机关代字"), max_length=20, help_text=_("文书编号用，不得与别的机关相同")
    )
    active_from = DateField(label=_("设立日期"))
    document = forms.CharField(label=_("设立文件"), max_length=200)
    field_order = ["kind", "name", "short_name", "document_word", "active_from", "document"]


class TeamForm(DatedForm):
    """An inner team of a body."""

    name = forms.CharField(label=_("队伍名称"), max_length=60, help_text=_("如综合行政执法队、专业执法大队"))


class PlacesForm(DatedForm):
    """Villages, communities or grids of a township, one a line."""

    kind = forms.ChoiceField(label=_("类型"), choices=PlaceKind.choices)
    names = LongText(label=_("名称"), rows=8, max_length=20000, help_text=_("一行一个"))

    def clean_names(self) -> list[str]:
        """Return the names one by one."""
        names = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        longest = max((len(name) for name in names), default=0)
        if longest > MOST_LETTERS:
            raise forms.ValidationError(_("名称最多60字"))
        return names


MOST_LETTERS = 60
