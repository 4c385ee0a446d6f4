"""Shape of closing input."""

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cases.archive.models import Closure
from cases.archive.rules import ground_of
from cases.archive.shelving import upcoming_number
from cases.execution.parts import is_fined, unchecked_order
from cases.flow.acts import ActForm
from desk.fields import LongText


class ClosingForm(ActForm):
    """Why the case may be closed."""

    ground = forms.ChoiceField(label=_("结案理由"), choices=Closure.Ground.choices)
    summary = LongText(
        label=_("执行情况"),
        rows=4,
        help_text=_("写明缴款、没收物品处置和责令改正的复查结果，与票据和笔录一致"),
    )
    uncorrected = LongText(
        label=_("责令改正未复查的说明"),
        rows=2,
        max_length=1000,
        required=False,
        help_text=_("责令改正以后没有复查，也没有登记改正情况的，写明原因"),
    )

    def offer(self) -> None:
        """Start from what the file proves; ask about an order to correct only where one is open."""
        self.fields["ground"].initial = ground_of(self.case)
        if is_fined(self.case):
            self.fields["summary"].initial = "当事人已缴清罚款。"
        if unchecked_order(self.case) is None:
            del self.fields["uncorrected"]


class OpinionForm(ActForm):
    """The head's opinion."""

    opinion = LongText(label=_("机关负责人意见"), rows=3, initial="同意结案。")


class ReasonForm(ActForm):
    """State the reason."""

    reason = LongText(label=_("理由"), rows=4, max_length=2000)


class ArchiveForm(ActForm):
    """Under which number the file is put away, and what the back sheet notes."""

    number = forms.CharField(label=_("归档号"), max_length=60, required=False)

    note = LongText(
        label=_("备考说明"),
        rows=3,
        required=False,
        help_text=_("缺损、补充、移出情况和音像载体存放处；没有则留空"),
    )

    def offer(self) -> None:
        """Tell the number that comes next."""
        told = gettext("留空取下一号 %(number)s；档案室另行编号的照填") % {
            "number": upcoming_number(self.case, self.on)
        }
        self.fields["number"].help_text = told
