"""Shape of a year's days off as they are brought in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cases.periods.notice_files import decoded, read
from desk.fields import LongText
from desk.wording import said
from law.calendar import YearCalendar
from law.errors import LawError

MOST_BYTES = 500_000


class CalendarForm(forms.Form):
    """The notice as text or file, and where it was published."""

    text = LongText(
        label=_("通知全文"), rows=8, required=False, help_text=_("粘贴国务院办公厅关于部分节假日安排的通知")
    )
    upload = forms.FileField(
        label=_("或文件"),
        required=False,
        help_text=_("通知文本，或 CSV 表：date,kind,name（kind 为 off 或 work）"),
    )
    source = forms.CharField(label=_("来源"), max_length=300, help_text=_("公布网址"))
    notice = forms.CharField(
        label=_("文号"), max_length=60, required=False, help_text=_("CSV 表须填；通知文本自动识别")
    )

    def clean(self) -> dict[str, Any]:
        """Read what was brought; what does not add up is said at its field."""
        data = super().clean() or self.cleaned_data
        upload = data.get("upload")
        field = "upload" if upload else "text"
        if upload and upload.size > MOST_BYTES:
            self.add_error("upload", _("文件过大，不是放假安排的通知。"))
            return data
        if not upload and not data.get("text"):
            self.add_error("text", _("请粘贴通知全文，或选择文件。"))
            return data
        try:
            text = decoded(upload.read()) if upload else data["text"]
            data["read"] = read(text, source=data.get("source", ""), notice=data.get("notice", ""))
        except LawError as error:
            self.add_error(field, said(error))
        return data

    def year(self) -> YearCalendar:
        """Return the year that was read."""
        found = self.cleaned_data["read"]
        assert isinstance(found, YearCalendar)
        return found
