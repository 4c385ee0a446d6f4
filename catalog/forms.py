"""Shape of what is entered about the catalogue: a file, a basis, plain words."""

from decimal import Decimal
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.county import in_county
from catalog.loaders.amounts import fines_in
from catalog.loaders.ticks import is_tick
from catalog.mapping import KNOWN, SheetView
from catalog.models import ListKind, PowerList
from catalog.starters import list_for
from catalog.supplementing import BasisText
from desk.fields import DateField, LongText, UploadField, largest_file
from desk.keys import key_of

MOST_ROWS = 1_000_000


class UploadForm(forms.Form):
    """A published list to be staged: the file, which list it is, and what its notice says."""

    file = UploadField(
        label=gettext_lazy("清单文件"),
        hint=gettext_lazy("支持 .xlsx、.xls、.ods、.csv（UTF-8 或 GBK），按公布的原表上传即可，不必改动版式"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    power_list = forms.ModelChoiceField(
        in_county(PowerList),
        label=gettext_lazy("属于哪一份清单"),
        required=False,
        empty_label=gettext_lazy("新的清单（在下面填写）"),
    )
    code = forms.RegexField(
        r"^[\w-]{1,30}$",
        label=gettext_lazy("清单代码"),
        required=False,
        help_text=gettext_lazy("新的清单必填，如 ZH-2026"),
    )
    name = forms.CharField(
        label=gettext_lazy("清单名称"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("新的清单必填"),
    )
    kind = forms.ChoiceField(
        label=gettext_lazy("清单类别"),
        choices=ListKind.choices,
        required=False,
        help_text=gettext_lazy("新的清单必填"),
    )
    document = forms.CharField(label=gettext_lazy("公布文号"), required=False, max_length=100)
    source = forms.CharField(
        label=gettext_lazy("来源"),
        required=False,
        max_length=500,
        help_text=gettext_lazy("公布的网址或文件；已有清单的新版本、新裁量基准也请填写，按此显示出处"),
    )
    effective_on = DateField(label=gettext_lazy("生效日期"), help_text=gettext_lazy("公布文件写明的施行日期"))
    expected_count = forms.IntegerField(
        label=gettext_lazy("公布的项数"),
        required=False,
        min_value=1,
        help_text=gettext_lazy("公布文件写明的总项数；与文件不符时不导入"),
    )
    complete = forms.BooleanField(
        label=gettext_lazy("这是完整清单"),
        required=False,
        help_text=gettext_lazy("文件中没有的事项自生效日期起移出清单"),
    )

    def clean_file(self) -> "UploadedFile[bytes]":
        """Refuse a file that is too large."""
        upload: UploadedFile[bytes] = self.cleaned_data["file"]
        if (upload.size or 0) > settings.UPLOAD_LIMIT_BYTES:
            raise forms.ValidationError(_("文件超过 %(size)s。") % {"size": largest_file()})
        return upload

    def clean(self) -> dict[str, Any]:
        """Ask for a code and a name where the list is new."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("power_list") is None:
            for name in ("code", "name", "kind"):
                if not cleaned.get(name) and name not in self.errors:
                    self.add_error(name, _("新的清单须填写此项。"))
        return cleaned

    def told_source(self) -> str:
        """Return by which document this file was published, in one line."""
        told = (self.cleaned_data["document"], self.cleaned_data["source"])
        return "，".join(text for text in told if text)

    def chosen_list(self) -> PowerList:
        """Return the list chosen, or an unsaved new one."""
        chosen: PowerList | None = self.cleaned_data["power_list"]
        if chosen is not None:
            return chosen
        made = list_for(
            self.cleaned_data["code"], title=self.cleaned_data["name"], kind=self.cleaned_data["kind"]
        )
        if made._state.adding:
            made.document = self.cleaned_data["document"]
            made.source = self.cleaned_data["source"] or made.source
        return made


class PublishForm(forms.Form):
    """The day from which a staged list applies."""

    effective_on = DateField(label=gettext_lazy("生效日期"))


class BasisForm(forms.Form):
    """The legal basis of an item that its list left open."""

    statute_name = forms.CharField(
        label=gettext_lazy("法律、法规、规章"), max_length=200, help_text=gettext_lazy("全称，带书名号")
    )
    obligation_article = forms.CharField(
        label=gettext_lazy("违反条款"), max_length=200, help_text=gettext_lazy("如：第十七条第一款")
    )
    obligation_text = LongText(label=gettext_lazy("违反条款原文"), required=False, rows=3)
    penalty_article = forms.CharField(label=gettext_lazy("处罚依据条款"), max_length=200)
    penalty_text = LongText(label=gettext_lazy("处罚依据原文"), rows=4)
    fine_min = forms.DecimalField(
        label=gettext_lazy("罚款下限（元）"),
        required=False,
        min_value=Decimal(0),
        max_digits=16,
        decimal_places=2,
    )
    fine_max = forms.DecimalField(
        label=gettext_lazy("罚款上限（元）"),
        required=False,
        min_value=Decimal(0),
        max_digits=16,
        decimal_places=2,
        help_text=gettext_lazy("上下限都不填时，按处罚依据原文读出"),
    )
    fine_unit = forms.CharField(
        label=gettext_lazy("罚款单位"),
        required=False,
        max_length=30,
        help_text=gettext_lazy("如：元、元/平方米、倍"),
    )
    limitation_years = forms.TypedChoiceField(
        label=gettext_lazy("追责时效"),
        coerce=int,
        choices=[
            (2, gettext_lazy("二年")),
            (5, gettext_lazy("五年（涉及公民生命健康安全、金融安全且有危害后果）")),
        ],
    )
    effective_on = DateField(label=gettext_lazy("自何日起适用"))
    source = forms.CharField(
        label=gettext_lazy("依据出处"), max_length=500, help_text=gettext_lazy("公布文件或网址")
    )

    def clean(self) -> dict[str, Any]:
        """Read the fine out of the text where it was not entered, and keep its bounds in order."""
        cleaned = super().clean() or self.cleaned_data
        low, high = cleaned.get("fine_min"), cleaned.get("fine_max")
        if low is None and high is None and not cleaned.get("fine_unit"):
            fines = fines_in(cleaned.get("penalty_text", ""))
            if fines:
                cleaned |= {"fine_min": fines[0].low, "fine_max": fines[0].high, "fine_unit": fines[0].unit}
        elif low is not None and high is not None and low > high:
            self.add_error("fine_max", _("罚款上限低于下限。"))
        elif not cleaned.get("fine_unit"):
            cleaned["fine_unit"] = "元"
        return cleaned

    def basis(self) -> BasisText:
        """Return what was entered as a basis."""
        apart = {"effective_on", "source"}
        return BasisText(**{name: value for name, value in self.cleaned_data.items() if name not in apart})


class AliasesForm(forms.Form):
    """The plain words an item is found by."""

    aliases = forms.CharField(
        label=gettext_lazy("常用说法"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("用顿号或逗号隔开"),
    )

    def words(self) -> list[str]:
        """Return the words one by one."""
        text: str = self.cleaned_data["aliases"]
        for mark in "，,;；\n":
            text = text.replace(mark, "、")
        return list(dict.fromkeys(word.strip()[:40] for word in text.split("、") if word.strip()))


class ColumnsForm:
    """What a person says of the columns of each sheet; the shape of the file says which fields there are."""

    def __init__(self, data: QueryDict, *, mapping: dict[str, Any]) -> None:
        self.data, self.sheets = data, mapping.get("sheets", [])

    def header_rows(self) -> dict[int, int]:
        """Return the header rows named, counted from naught."""
        rows = {}
        for index in range(len(self.sheets)):
            number = key_of(self.data.get(f"header-{index}"))
            if number is not None and 0 < number <= MOST_ROWS:
                rows[index] = number - 1
        return rows

    def mapping(self) -> dict[str, Any]:
        """Return the mapping as the batch keeps it."""
        rows = self.header_rows()
        return {
            "sheets": [
                {
                    "name": sheet["name"],
                    "used": bool(self.data.get(f"use-{index}")) and index in rows,
                    "header_row": rows.get(index),
                    "columns": self._columns(index),
                }
                for index, sheet in enumerate(self.sheets)
            ]
        }

    def _columns(self, index: int) -> dict[str, str]:
        prefix = f"col-{index}-"
        chosen = {
            key.removeprefix(prefix): str(value) for key, value in self.data.items() if key.startswith(prefix)
        }
        return {
            column: name
            for column, name in chosen.items()
            if column.isdecimal() and name and (name in KNOWN or is_tick(name))
        }

    def pairs(self, views: list[SheetView]) -> dict[str, str]:
        """Return each heading with the field it was given."""
        told = self.mapping()["sheets"]
        return {
            column.heading: told[view.index]["columns"].get(str(column.index), "ignored")
            for view in views
            if told[view.index]["used"]
            for column in view.columns
            if column.heading
        }
