"""The LawBook: packaged data with the approved overrides that a county hands in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, lru_cache
from typing import Any

from law.calendar import WorkCalendar, YearCalendar, packaged_years
from law.clocks import Clock, packaged_clocks
from law.errors import LawError
from law.profiles import JOIN, NATIONAL, Profile, merged, packaged_profiles
from law.values import Value, packaged_values


@dataclass(frozen=True, slots=True)
class ClockOverride:
    """Approved settings of one clock for one profile and all below it, for triggers of its time."""

    clock_id: str
    settings: Mapping[str, Any]
    profile: str = "national"
    approved_by: str = "county"
    valid_from: date | None = None
    valid_until: date | None = None

    def in_force(self, day: date) -> bool:
        """Tell whether the settings apply to a clock that starts on a day."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_until is None or day < self.valid_until)


@dataclass(frozen=True, eq=False)
class LawBook:
    """All the law that a computation may use; never changed, only derived."""

    years: tuple[YearCalendar, ...]
    clocks: Mapping[str, tuple[Clock, ...]]
    profiles: Mapping[str, Profile]
    values: tuple[Value, ...]
    overrides: tuple[ClockOverride, ...] = ()
    compiled: dict[tuple[str, str], Callable[[date], date | None]] = field(default_factory=dict, repr=False)

    @staticmethod
    def default() -> LawBook:
        """Give the packaged law without any override."""
        return _default_book()

    def with_overrides(
        self,
        *,
        clocks: Iterable[ClockOverride] = (),
        values: Iterable[Value] = (),
        years: Iterable[YearCalendar] = (),
        profiles: Iterable[Profile] = (),
    ) -> LawBook:
        """Derive a book with approved overrides; a later year of the same number replaces it."""
        loaded = {year.year: year for year in (*self.years, *years)}
        book = replace(
            self,
            years=tuple(loaded[number] for number in sorted(loaded)),
            profiles={**self.profiles, **{profile.id: profile for profile in profiles}},
            values=(*self.values, *values),
            overrides=(*self.overrides, *clocks),
            compiled={},
        )
        for override in book.overrides:
            book.check(override)
        return book

    def check(self, override: ClockOverride) -> None:
        """Refuse an override of an unknown clock or profile, or with an invalid setting."""
        self.profile(override.profile)
        for version in self.versions(override.clock_id):
            version.with_settings(override.settings)

    @cached_property
    def calendar(self) -> WorkCalendar:
        """Give the working-day calendar of the loaded years."""
        return WorkCalendar(self.years)

    def profile(self, profile_id: str) -> Profile:
        """Give a profile, or several joined by a plus sign; refuse an unknown one."""
        if JOIN in profile_id:
            return merged(profile_id, [self.profile(part) for part in profile_id.split(JOIN)])
        try:
            return self.profiles[profile_id]
        except KeyError:
            raise LawError(
                f"未知的适用规则：{profile_id}",
                field="profile",
                code="profile_unknown",
                message_en=f"Unknown profile: {profile_id}",
            ) from None

    def chain(self, profile_id: str) -> list[Profile]:
        """Give the profiles that answer for one, the most specific first and national law last."""
        parts = [self.profile(part) for part in profile_id.split(JOIN)]
        lines = [self._line(part) for part in sorted(parts, key=lambda item: item.rank, reverse=True)]
        found: list[Profile] = []
        for line in lines:
            found += [item for item in line if item not in found]
        roots = {line[-1].id for line in lines}
        return sorted(found, key=lambda item: item.id in roots)

    def _line(self, profile: Profile) -> list[Profile]:
        """Give a profile and its parents."""
        found = [profile]
        while found[-1].parent:
            parent = self.profile(found[-1].parent)
            if parent in found:
                raise LawError(f"适用规则循环引用：{profile.id}", field="profile", code="profile_ring")
            found.append(parent)
        return found

    def versions(self, clock_id: str) -> tuple[Clock, ...]:
        """Give all versions of a clock, or refuse an unknown one."""
        try:
            return self.clocks[clock_id]
        except KeyError:
            raise LawError(
                f"未知的期限：{clock_id}",
                field="clock",
                code="clock_unknown",
                message_en=f"Unknown clock: {clock_id}",
            ) from None

    def clock(self, clock_id: str, *, on: date, profile: str = "national") -> Clock:
        """Give the clock's version for a day, with the overrides of the profile and its parents."""
        chain = [item.id for item in self.chain(profile)]
        versions = [self._overridden(version, chain, on) for version in self.versions(clock_id)]
        for version in reversed(versions):
            if version.law_day == "due" or version.in_force(on):
                return version
        raise not_in_force(clock_id, on)

    def newest(self, clock_id: str, *, profile: str = "national") -> Clock:
        """Give the newest version of a clock with the overrides of the profile and its parents."""
        chain = [item.id for item in self.chain(profile)]
        return self._overridden(self.versions(clock_id)[-1], chain)

    @cached_property
    def read_by_profile(self) -> frozenset[str]:
        """Name the clocks that an override of some sector or place lets count otherwise than national law."""
        return frozenset(item.clock_id for item in self.overrides if item.profile != NATIONAL)

    def dated(self, clock_id: str) -> bool:
        """Tell whether overrides of the clock hold for a time only."""
        found = [item for item in self.overrides if item.clock_id == clock_id]
        return any(item.valid_from or item.valid_until for item in found)

    def _overridden(self, clock: Clock, chain: list[str], on: date | None = None) -> Clock:
        """Apply the overrides from the most general profile to the most specific."""
        for profile_id in reversed(chain):
            for override in self.overrides:
                if override.clock_id != clock.id or override.profile != profile_id:
                    continue
                if on is None or override.in_force(on):
                    clock = _under(clock, override)
        return clock

    def clock_for(self, kind: str, profile: str) -> str:
        """Name the clock for a kind of period under a profile; the most specific wins."""
        named = self.named_by(kind, profile)
        if named is not None:
            return named.kinds[kind]
        raise LawError(
            f"适用规则“{profile}”没有这类期限：{kind}",
            field="kind",
            code="kind_unknown",
            message_en=f"Profile {profile} names no clock for the kind {kind}",
        )

    def named_by(self, kind: str, profile: str) -> Profile | None:
        """Give the profile whose rule answers for a kind of period."""
        return next((item for item in self.chain(profile) if kind in item.kinds), None)

    def kinds(self, profile: str) -> list[str]:
        """List the kinds of period that the rules of a profile know, as the rules name them."""
        return list(dict.fromkeys(kind for item in reversed(self.chain(profile)) for kind in item.kinds))

    def awaiting_confirmation(self, *, profile: str = "national") -> list[Clock]:
        """List the defaults that a county has still to confirm (待确认参数)."""
        chain = [item.id for item in self.chain(profile)]
        newest = (self._overridden(versions[-1], chain) for versions in self.clocks.values())
        return [clock for clock in newest if clock.awaits_confirmation]


def _under(clock: Clock, override: ClockOverride) -> Clock:
    """Apply an override; a length entered after the row's law had ended stands in that law's place."""
    # A reading of how to count does not confirm a length that is only a default.
    if "length" not in override.settings:
        return clock.with_settings(override.settings)
    ended, begins = clock.in_force_until, override.valid_from
    revived = {"in_force_until": None} if ended and begins and begins >= ended else {}
    return clock.with_settings({**override.settings, **revived}, approved=override.approved_by)


def not_in_force(clock_id: str, on: date) -> LawError:
    """Build the error for a day on which no version of the clock's law is in force."""
    return LawError(
        f"期限{clock_id}的法律依据在{on}没有施行",
        field="trigger",
        code="not_in_force",
        message_en=f"No version of {clock_id} is in force on {on}",
    )


@lru_cache(maxsize=1)
def _default_book() -> LawBook:
    """Read the packaged data once."""
    return LawBook(
        years=packaged_years(),
        clocks=packaged_clocks(),
        profiles=packaged_profiles(),
        values=packaged_values(),
    )
