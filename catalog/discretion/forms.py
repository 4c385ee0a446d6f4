"""Shape of what is entered about benchmarks and exemptions."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from catalog.discretion.reading import pasted, uploaded
from catalog.discretion.services import TableTerms
from catalog.models import BenchmarkShape, ExemptionKind
from desk.fields import DateField, LongText

ABOUT = ("base", "base_name", "rate", "floor")


class Effective(forms.Form):
    """From when it applies, and where it was published."""

    effective_on = DateField(label=gettext_lazy("自何日起适用"))
    source = forms.CharField(
        label=gettext_lazy("出处"), max_length=500, help_text=gettext_lazy("公布文件、文号或网址")
    )


def _sum(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, required=False, min_value=Decimal(0), max_digits=16, decimal_places=2, **more
    )


class TableForm(Effective):
    """A benchmark of one item: what it is, what it rests on, and its rows."""

    title = forms.CharField(label=gettext_lazy("裁量基准名称"), max_length=300)
    shape = forms.ChoiceField(label=gettext_lazy("形式"), choices=BenchmarkShape.choices)
    target = forms.CharField(
        label=gettext_lazy("处罚对象"),
        max_length=100,
        required=False,
        help_text=gettext_lazy("只适用于责任人员等的填写；当事人本身留空"),
    )
    statute_name = forms.CharField(
        label=gettext_lazy("处罚依据"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("与事项依据不同的填写，如同一违法行为另有法规规定"),
    )
    penalty_article = forms.CharField(label=gettext_lazy("处罚依据条款"), max_length=200, required=False)
    fine_min = _sum(gettext_lazy("该依据的罚款下限"))
    fine_max = _sum(gettext_lazy("该依据的罚款上限"))
    fine_unit = forms.CharField(
        label=gettext_lazy("单位"),
        max_length=30,
        required=False,
        help_text=gettext_lazy("如：元、元/平方米、倍、%"),
    )
    base = _sum(
        gettext_lazy("权重的固定基数（元）"),
        help_text=gettext_lazy("要素权重累加：如 1000000；按个案数额的留空"),
    )
    base_name = forms.CharField(
        label=gettext_lazy("按个案数额计的，写明是什么"),
        max_length=60,
        required=False,
        help_text=gettext_lazy("如：建设项目总投资额"),
    )
    rate = forms.DecimalField(
        label=gettext_lazy("基数的比例（%）"),
        required=False,
        min_value=Decimal(0),
        max_digits=8,
        decimal_places=4,
        help_text=gettext_lazy("如公式写“×5%”填 5；没有的留空"),
    )
    floor = forms.DecimalField(
        label=gettext_lazy("总和不足多少按多少计（%）"),
        required=False,
        min_value=Decimal(0),
        max_digits=8,
        decimal_places=4,
    )
    rows = LongText(
        label=gettext_lazy("表格内容"),
        rows=12,
        required=False,
        help_text=gettext_lazy("从表格软件连同首行列名一起复制粘贴；也可在下面上传表格文件"),
    )
    file = forms.FileField(
        label=gettext_lazy("或上传表格"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.xls,.ods,.csv"}),
    )
    field_order = ["title", "shape", "rows", "file"]

    def clean(self) -> dict[str, Any]:
        """Ask for rows from one of the two ways."""
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("rows") and not cleaned.get("file"):
            self.add_error("rows", _("粘贴表格内容，或上传表格文件。"))
        return cleaned

    def sheet(self) -> list[list[str]]:
        """Return the rows entered."""
        upload = self.cleaned_data.get("file")
        return uploaded(upload.read()) if upload else pasted(self.cleaned_data["rows"])

    def terms(self) -> TableTerms:
        """Return what the benchmark says of itself."""
        return TableTerms(**{name: self.cleaned_data[name] for name in TableTerms.__dataclass_fields__})

    def about(self) -> dict[str, Any]:
        """Return base, rate and floor of weighted factors."""
        found = {name: self.cleaned_data[name] for name in ABOUT}
        found["rate"] = found["rate"] / 100 if found["rate"] else None
        return found


class ExemptionForm(Effective):
    """An entry of a list of minor or first offences."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=ExemptionKind.choices)
    conditions = LongText(
        label=gettext_lazy("条件"), rows=4, max_length=4000, help_text=gettext_lazy("一行一项")
    )
    needs_all = forms.BooleanField(
        label=gettext_lazy("须同时具备全部条件"),
        required=False,
        initial=True,
        help_text=gettext_lazy("不勾选表示具备其一即可"),
    )
    document = forms.CharField(label=gettext_lazy("清单名称、文号"), max_length=200)
    field_order = ["kind", "conditions", "needs_all", "document"]

    def clean_conditions(self) -> list[str]:
        """Return the conditions one by one."""
        return lines_of(self.cleaned_data["conditions"])


class GuideForm(Effective):
    """The parts of a handling guide, one entry a line."""

    elements = LongText(
        label=gettext_lazy("构成要件"), rows=5, help_text=gettext_lazy("一行一项：须证明什么")
    )
    evidence = LongText(
        label=gettext_lazy("证据清单"), rows=5, help_text=gettext_lazy("一行一项：收集哪些证据")
    )
    questions = LongText(label=gettext_lazy("询问提纲"), rows=6, help_text=gettext_lazy("一行一问"))
    documents = LongText(
        label=gettext_lazy("示范文书"), rows=3, required=False, help_text=gettext_lazy("一行一份")
    )
    process = LongText(
        label=gettext_lazy("办理流程"),
        rows=3,
        required=False,
        help_text=gettext_lazy("一行一步；在公开页面显示"),
    )
    field_order = ["elements", "evidence", "questions", "documents", "process"]

    def parts(self) -> dict[str, list[str]]:
        """Return each part as its lines."""
        apart = {"effective_on", "source"}
        return {name: lines_of(value) for name, value in self.cleaned_data.items() if name not in apart}


def lines_of(text: str) -> list[str]:
    """Return the lines that hold something."""
    return [line.strip() for line in text.splitlines() if line.strip()]
