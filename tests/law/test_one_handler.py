"""For any register exactly one body acts, its principal named under delegation, or it is told why not."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from law.competence import decide_authority
from law.powers import BASE, HANDED_ON, AuthorityFact, flaw

FIRST = date(2024, 1, 1)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))
MAYBE = st.none() | DAYS


@st.composite
def facts(draw: st.DrawFn) -> AuthorityFact:
    mode = draw(st.sampled_from(BASE + HANDED_ON))
    county = draw(st.integers(1, 4))
    holder = draw(st.integers(10, 12)) if mode in HANDED_ON else county
    delegated = mode == "delegated"
    return AuthorityFact(
        holder_id=holder,
        holder_name=f"机关{holder}",
        mode=mode,
        grant_id=draw(st.integers(1, 10**6)),
        principal_id=county if delegated else None,
        principal_name=f"机关{county}" if delegated else "",
        valid_from=draw(DAYS),
        valid_to=draw(MAYBE),
        signed_on=draw(MAYBE),
        published_by_principal_on=draw(MAYBE),
        published_by_holder_on=draw(MAYBE),
        must_be_filed=draw(st.booleans()),
        filed_on=draw(MAYBE),
        suspended=draw(st.booleans()),
        revoked_on=draw(MAYBE),
        covers_place=draw(st.booleans()),
    )


@settings(max_examples=400)
@given(
    st.lists(facts(), max_size=7, unique_by=lambda fact: fact.grant_id), DAYS, st.booleans(), st.booleans()
)
def test_there_is_exactly_one_handler_or_an_explained_gap_or_overlap(
    register: list[AuthorityFact], on: date, after_empowerment: bool, after_delegation: bool
) -> None:
    verdict = decide_authority(
        register,
        on=on,
        exclusive_after_empowerment=after_empowerment,
        exclusive_after_delegation=after_delegation,
    )
    told = [row.fact for row in verdict.rejected]
    assert all(row.code and row.zh and row.en for row in verdict.rejected)
    assert verdict.reasons_zh
    assert verdict.reasons_en
    assert len(verdict.reasons_zh) == len(verdict.reasons_en)
    if verdict.outcome == "decided":
        chosen = verdict.accepted
        assert chosen is not None
        assert chosen in register
        assert not flaw(chosen, on)
        same = [fact for fact in register if fact.mode == chosen.mode and fact not in told]
        assert {(fact.holder_id, fact.named_id) for fact in same} == {(chosen.holder_id, chosen.named_id)}
        assert verdict.named_id == (chosen.principal_id if chosen.mode == "delegated" else chosen.holder_id)
        assert chosen not in told
    elif verdict.outcome == "gap":
        assert verdict.handler_id is None
        assert told == register
    else:
        assert verdict.outcome == "overlap"
        assert verdict.handler_id is None
        assert len({(fact.holder_id, fact.named_id) for fact in verdict.overlap}) > 1
        assert not any(flaw(fact, on) for fact in verdict.overlap)


@settings(max_examples=300)
@given(st.lists(facts(), max_size=7, unique_by=lambda fact: fact.grant_id), DAYS)
def test_the_answer_does_not_hang_on_the_order_of_the_register(
    register: list[AuthorityFact], on: date
) -> None:
    one, other = decide_authority(register, on=on), decide_authority(register[::-1], on=on)
    assert (one.outcome, one.handler_id, one.named_id, one.mode) == (
        other.outcome,
        other.handler_id,
        other.named_id,
        other.mode,
    )
    assert {(row.fact.grant_id, row.code) for row in one.rejected} == {
        (row.fact.grant_id, row.code) for row in other.rejected
    }


@settings(max_examples=300)
@given(st.lists(facts(), max_size=7, unique_by=lambda fact: fact.grant_id), DAYS)
def test_no_delegation_carries_whose_principal_has_lost_the_power(
    register: list[AuthorityFact], on: date
) -> None:
    chosen = decide_authority(register, on=on).accepted
    if chosen is None or chosen.mode != "delegated":
        return
    own = [fact for fact in register if fact.mode in BASE and fact.holder_id == chosen.principal_id]
    assert not own or any(not flaw(fact, on) for fact in own)
