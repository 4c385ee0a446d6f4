"""The county's settings as people read them: proposed, approved, ended; whatever they set."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from audit.county import in_county
from cases.dossier.figures import LawSetting
from cases.dossier.law_book import COUNTING_PREFIX, LOCAL_PROFILE, clock_of, law_book
from cases.dossier.law_keys import FIGURES
from cases.oversight.awaiting import CHOICES, LABELS
from cases.oversight.thresholds import PARTIES, shown
from desk.formats import in_chinese
from law.book import LawBook
from law.profiles import NATIONAL
from law.values import DECIMAL_UNITS


@dataclass(frozen=True, slots=True)
class Shown:
    """One setting in words."""

    row: LawSetting
    label: str | Promise
    scope: str
    value: str
    state: str


def shown_settings(*, on: date, keys: Mapping[str, Any] | None = None) -> list[Shown]:
    """List the settings newest first; keys: conditions on them."""
    rows = in_county(LawSetting).filter(**(keys or {})).select_related("proposed_by", "approved_by")
    return [
        Shown(row, label_of(row.key), _scope(row), value_of(row), state_of(row, on))
        for row in rows.order_by("-id")
    ]


def state_of(row: LawSetting, on: date) -> str:
    """Say where a setting stands on a day: pending, coming, in force, ended."""
    if row.approved_by_id is None:
        return "pending"
    if row.valid_from > on:
        return "coming"
    return "ended" if row.valid_to is not None and row.valid_to <= on else "in_force"


def label_of(key: str) -> str | Promise:
    """Name what a key sets."""
    if key in FIGURES:
        return FIGURES[key].label
    if key == LOCAL_PROFILE:
        return _("本地适用规则")
    clock_id = clock_of(key)
    if clock_id in law_book().clocks:
        clock = law_book().versions(clock_id)[-1]
        name = clock.name_zh if in_chinese() else clock.name_en
        return _("%(clock)s：计算方法") % {"clock": name} if key.startswith(COUNTING_PREFIX) else name
    return LABELS.get(key, key)


def _scope(row: LawSetting) -> str:
    keys = row.value.get("keys", {})
    names = [str(PARTIES[keys["party_type"]])] if keys.get("party_type") in PARTIES else []
    for name in ("sector", "profile"):
        if keys.get(name) and keys[name] != NATIONAL:
            names.append(_profile_name(keys[name]))
    return "，".join(names) or _("全部")


def value_of(row: LawSetting) -> str:
    """Print what a setting sets."""
    value = row.value
    if row.key == LOCAL_PROFILE:
        return _profile_name(value["value"])
    if row.key.startswith(COUNTING_PREFIX):
        return "；".join(f"{name}={_plain(value[name])}" for name in sorted(value) if name != "keys")
    if "length" in value:
        clock = law_book().versions(clock_of(row.key))[-1]
        return clock.with_settings({"length": value["length"]}).length_text("zh" if in_chinese() else "en")
    if value.get("unit") in DECIMAL_UNITS:
        return shown(value["unit"], value["value"])
    return str(CHOICES.get(row.key, {}).get(value["value"], value["value"]))


def _plain(content: Any) -> str:
    if isinstance(content, list):
        return "、".join(_plain(item) for item in content) or _("无")
    if isinstance(content, dict):
        return " ".join(str(item) for item in content.values() if item is not None)
    return str(content)


def _profile_name(profile_id: str) -> str:
    profile = LawBook.default().profile(profile_id)
    return profile.name_zh if in_chinese() else profile.name_en
