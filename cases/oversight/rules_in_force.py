"""适用规则: which rules answer for each kind of period, in a sector and under the place's own rules."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.county import in_county
from cases.dossier.figures import LawSetting
from cases.dossier.law_book import LOCAL_PROFILE, law_book, local_profile
from cases.oversight.forms import SECTORS, Proposal
from desk.fields import DateField
from desk.formats import in_chinese
from law.book import LawBook
from law.clocks import Clock
from law.errors import LawError
from law.profiles import NATIONAL, Profile, joined, of_place
from townships.selectors import county


@dataclass(frozen=True, slots=True)
class KindLine:
    """One kind of period: the clock that answers, whose rule it is, and the rules that stand behind it."""

    kind: str
    clock: Clock
    profile: Profile
    behind: tuple[tuple[Profile, Clock], ...]

    def as_dict(self) -> dict[str, Any]:
        """Give the line as plain data."""
        return {
            "kind": self.kind,
            "clock": self.clock.id,
            "name_zh": self.clock.name_zh,
            "name_en": self.clock.name_en,
            "length": self.clock.length_text("zh"),
            "length_en": self.clock.length_text("en"),
            "article": self.clock.article,
            "profile": self.profile.id,
            "behind": [{"profile": profile.id, "clock": clock.id} for profile, clock in self.behind],
        }


def choosable() -> list[Profile]:
    """List the rules of the county's own area."""
    return of_place(county().area_code, LawBook.default().profiles.values())


def name_of(profile: Profile) -> str:
    """Name rules in the reader's language."""
    return profile.name_zh if in_chinese() else profile.name_en


def kind_lines(sector: str, *, on: date) -> list[KindLine]:
    """List the kinds of period under a sector as of a day."""
    book, profile_id = law_book(), joined(sector, local_profile(on=on))
    found = []
    for kind in book.kinds(profile_id):
        named = [item for item in book.chain(profile_id) if kind in item.kinds]
        try:
            clocks = [book.clock(item.kinds[kind], on=on, profile=profile_id) for item in named]
        except LawError:
            continue
        found.append(KindLine(kind, clocks[0], named[0], tuple(zip(named[1:], clocks[1:], strict=True))))
    return found


def is_chosen(*, on: date) -> bool:
    """Tell whether the county has decided which rules of its area it follows, were it none."""
    approved = in_county(LawSetting).filter(key=LOCAL_PROFILE, valid_from__lte=on).exclude(approved_by=None)
    return approved.exists()


def profile_choices() -> list[tuple[str, str]]:
    """Offer the rules of the area, and none."""
    return [(NATIONAL, str(_("只适用国家法和部门规章"))), *((item.id, name_of(item)) for item in choosable())]


class ProfileForm(Proposal):
    """The rules of the area that the county follows from a day on."""

    profile = forms.ChoiceField(label=_("本地规则"), choices=profile_choices)
    field_order = ("profile", "article", "source", "valid_from")

    def setting(self, _place: str = "") -> dict[str, Any]:
        """Return the keyword arguments of the service."""
        value = {"value": self.cleaned_data["profile"], "unit": "text", "keys": {}}
        return {"key": LOCAL_PROFILE, "value": value, **self.paper()}


class AsOf(forms.Form):
    """A sector and a day to look at."""

    sector = forms.ChoiceField(choices=[(key or NATIONAL, name) for key, name in SECTORS], required=False)
    on = DateField(required=False)
