"""One case of the demo: who acts in it, on what, and the words, pictures and papers it is made of."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cached_property

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from cases.demo import pictures
from cases.demo.cast import Cast, cast_for
from cases.demo.diary import Diary
from cases.demo.stories import Story
from cases.dossier.models import Case
from cases.instruments.kinds import Kind
from cases.instruments.models import Instrument
from catalog.models import DiscretionBand, Item
from catalog.selectors import bands_in_force, items_by_number
from townships.models import Body, Officer


def said(day: date | datetime) -> str:
    """Write a day as a sentence needs it."""
    on = timezone.localdate(day) if isinstance(day, datetime) else day
    return f"{on.year}年{on.month}月{on.day}日"


@dataclass
class Scene:
    """A case of the demo with its story, its people and its diary."""

    story: Story
    township: Body
    clerk: Officer
    diary: Diary
    case: Case = field(init=False)
    told: dict[str, str] = field(default_factory=dict)
    casts: dict[tuple[int | None, int | None], Cast] = field(default_factory=dict)

    @property
    def cast(self) -> Cast:
        """The people of the case for the bodies it stands with now."""
        key = (self.case.handler_id, self.case.named_id)
        if key not in self.casts:
            self.casts[key] = cast_for(
                self.case,
                on=self.diary.day,
                pair=self.story.pair,
                with_reviewer=self.story.reviewer_investigates,
            )
        return self.casts[key]

    @cached_property
    def item(self) -> Item:
        """The item of the case."""
        matter = self.story.matter
        return items_by_number(matter.catalogue, self.diary.day)[matter.number].item

    @property
    def band(self) -> DiscretionBand | None:
        """The grade the case is punished by."""
        bands = bands_in_force(self.item, self.diary.day)
        return bands[self.story.band - 1] if bands else None

    @property
    def fine(self) -> Decimal:
        """The fine of the grade."""
        band = self.band
        per_unit = band.fine_min if band and band.fine_min is not None else Decimal(1000)
        factor = self.story.quantity if band and "/" in band.unit else Decimal(1)
        return per_unit * factor

    @property
    def weighed(self) -> str:
        """Say why this grade, where the standard names one plain circumstance."""
        band = self.band
        plain = band is not None and band.circumstances and "：" not in band.circumstances
        return (
            f"当事人属{band.circumstances.rstrip('。')}情形，适用“{band.grade}”。" if band and plain else ""
        )

    @property
    def address(self) -> str:
        """The place of the matter as documents write it."""
        return f"{self.township.short_name}{self.story.address}"

    def text(self, words: str) -> str:
        """Fill a text of the subject with the facts of this case."""
        party, n = self.story.party, f"{self.story.quantity.normalize():f}"
        facts = {"party": party.name, "who": party.person, "place": self.address, "n": n}
        unknown = {"day": "当日", "due": "规定期限", "recheck": "复查之日"}
        return words.format_map({**unknown, **facts, **self.told})

    def picture(self, caption: str, at: datetime) -> SimpleUploadedFile:
        """Draw a photograph of this case."""
        shown = f"{self.case.lead_number}　{caption}"
        return pictures.photo(shown, taken_at=at, seed=self.story.index * 10 + len(self.told))

    def signed(self, title: str, at: datetime) -> SimpleUploadedFile:
        """Draw a signed and scanned paper of this case."""
        party = self.story.party
        lines = [str(self.case), f"当事人：{party.name}", f"签名：{party.person}（演示）", said(at)]
        return pictures.scan(title, lines, name=f"{title}-{self.story.index}")

    def instrument(self, kind: Kind) -> Instrument:
        """Return the newest document of a kind."""
        return Instrument.objects.filter(case=self.case, kind=kind).select_related("paper").latest("id")
