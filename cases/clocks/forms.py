"""Shape of the period calculator's page."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cases.clocks.calculator import LONGEST_EXTENSION, Question
from cases.dossier.law_book import law_book
from desk.fields import DateField
from desk.formats import in_chinese
from law.profiles import NATIONAL
from law.suspensions import Suspension, grounds
from law.time_limits import SHANGHAI

SUBJECTS: dict[str, str | Promise] = {
    "filing": _("立案"),
    "investigation": _("调查"),
    "hearing": _("告知与听证"),
    "decision": _("决定"),
    "service": _("送达"),
    "payment": _("缴款"),
    "enforcement": _("执行"),
    "coercion": _("行政强制措施"),
    "publicity": _("公示"),
    "transfer": _("移送与协助"),
    "criminal": _("行刑衔接"),
    "reconsideration": _("行政复议"),
    "litigation": _("行政诉讼"),
    "authority": _("委托与赋权"),
}
PAIRS = ("1", "2")
# Where a LawError's field is spelled otherwise on the page.
FIELD_OF = {"suspensions": "from_1", "kind": "clock"}


def clock_choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Offer every clock under its subject, those of national law first."""
    found: dict[str, list[tuple[str, str]]] = {subject: [] for subject in SUBJECTS}
    language, book = ("zh" if in_chinese() else "en"), law_book()
    newest = [book.newest(clock_id) for clock_id in book.clocks]
    for clock in sorted(newest, key=lambda clock: clock.profile != NATIONAL):
        name = clock.name_zh if language == "zh" else clock.name_en
        length = clock.length_text(language)
        found.setdefault(clock.subject, []).append((clock.id, f"{name}（{length}）" if length else name))
    return [(str(SUBJECTS.get(subject, subject)), rows) for subject, rows in found.items() if rows]


def profile_choices() -> list[tuple[str, str]]:
    """Offer every set of rules."""
    return [(key, row.name_zh if in_chinese() else row.name_en) for key, row in law_book().profiles.items()]


def ground_choices() -> list[tuple[str, str]]:
    """Offer every ground that some clock grants."""
    return [("", str(_("未说明"))), *((g.id, g.zh if in_chinese() else g.en) for g in grounds().values())]


class CalculatorForm(forms.Form):
    """One period: which, from when, with what breaks and extension."""

    clock = forms.ChoiceField(label=_("期限"), choices=clock_choices)
    trigger = DateField(label=_("起算日期"), help_text=_("送达、立案等事件发生之日"))
    time = forms.TimeField(label=_("时刻"), required=False, help_text=_("按小时计算的期限须填"))
    profile = forms.ChoiceField(
        label=_("适用规则"), choices=profile_choices, initial="national", required=False
    )
    from_1 = DateField(label=_("中止自"), required=False)
    to_1 = DateField(label=_("恢复之日"), required=False, help_text=_("当日起继续计算；仍在中止的不填"))
    ground_1 = forms.ChoiceField(label=_("中止事由"), choices=ground_choices, required=False)
    from_2 = DateField(label=_("中止自（第二段）"), required=False)
    to_2 = DateField(label=_("恢复之日（第二段）"), required=False)
    ground_2 = forms.ChoiceField(label=_("中止事由（第二段）"), choices=ground_choices, required=False)
    extension = forms.IntegerField(
        label=_("延长"),
        required=False,
        min_value=0,
        max_value=LONGEST_EXTENSION,
        help_text=_("与期限同一单位"),
    )
    until = DateField(label=_("约定届满日"), required=False, help_text=_("期限由文书载明时填"))

    def question(self) -> Question:
        """Return what is asked; a reversed suspension is a LawError."""
        data = self.cleaned_data
        return Question(
            clock_id=data["clock"],
            trigger=_trigger(data),
            profile=data["profile"] or "national",
            suspensions=[
                Suspension(data[f"from_{n}"], data[f"to_{n}"], data[f"ground_{n}"])
                for n in PAIRS
                if data[f"from_{n}"]
            ],
            extension=data["extension"] or 0,
            until=data["until"],
        )

    def clean(self) -> dict[str, Any]:
        """An end needs its beginning."""
        data = super().clean() or self.cleaned_data
        for pair in PAIRS:
            if data.get(f"to_{pair}") and not data.get(f"from_{pair}"):
                self.add_error(f"from_{pair}", _("填了恢复之日，须填中止开始之日。"))
        return data


def _trigger(data: dict[str, Any]) -> datetime | date:
    day: date = data["trigger"]
    return datetime.combine(day, data["time"], SHANGHAI) if data["time"] else day
