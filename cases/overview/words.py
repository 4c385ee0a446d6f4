"""Find cases by words: a rare one by the county's pairs of characters, others by walking the newest."""

from collections.abc import Mapping

from django.db.models import BooleanField, F, Func, Q, Value
from django.db.models.functions import StrIndex
from django.db.models.lookups import GreaterThan

from audit import statements
from cases.dossier.models import PLATE_DOT, Case
from townships.selectors.remembered import Remembered

MOST_WORDS = 5
# So many cases, spread over all that the county ever had, tell a common word from a rare one. Above this
# share it is cheaper to walk the newest until a page is full.
SAMPLED, COMMON = 300, 0.025
SAMPLE_SECONDS = 3600.0
SAMPLE = """
    SELECT near.search_text
    FROM (SELECT min(id) AS low, max(id) AS high FROM cases_case WHERE county_id = %s::int) ends,
         generate_series(ends.low, ends.high, greatest((ends.high - ends.low) / %s::int, 1)) place(id),
         LATERAL (SELECT k.search_text FROM cases_case k WHERE k.county_id = %s::int AND k.id >= place.id
                  ORDER BY k.id LIMIT 1) near
"""


def mentioning(words: str, *, county_id: int) -> Q:
    """Match the county's cases that hold each word in number, party, cause, address or what was told."""
    rare, walked = Q(), Q()
    for word in words.upper().replace(PLATE_DOT, "").split()[:MOST_WORDS]:
        if len(word) > 1 and not _is_common(word, county_id):
            rare &= Q(_has_pairs(word, county_id), search_text__contains=word)
        else:
            # Of strpos the planner believes that a third of the rows have it, and walks; of LIKE it believes
            # its sample, and reads all when that has no hit.
            walked &= Q(GreaterThan(StrIndex(F("search_text"), Value(word)), 0))
    if not rare:
        return walked
    # The pairs tell the county already. The planner does not know it and would read all cases of the county
    # beside them, were it not for DISTINCT, which keeps them a list of their own.
    return walked & Q(pk__in=Case.objects.filter(rare).values("pk").distinct())


def _has_pairs(word: str, county_id: int) -> Func:
    text = Func(F("county_id"), F("search_text"), function="pairs")
    sought = Func(Value(county_id), Value(word), function="pairs")
    return Func(text, sought, template="%(expressions)s", arg_joiner=" @> ", output_field=BooleanField())


def _is_common(word: str, county_id: int) -> bool:
    texts = samples.get([county_id])[county_id]
    return sum(word in text for text in texts) > COMMON * SAMPLED


def _samples(counties: set[int]) -> Mapping[int, list[str]]:
    return {
        county: [text for (text,) in statements.rows(SAMPLE, [county, SAMPLED, county])]
        for county in counties
    }


# Only how a word is sought depends on them, never what is found.
samples = Remembered(_samples, seconds=SAMPLE_SECONDS)
