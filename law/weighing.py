"""The benchmark calculator: circumstances in, the range with its derivation out (行政处罚法第三十四条)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from law.benchmarks import ONE, PERCENT, Amount, Grade, Scheme, Shape, counts_on, factor_of
from law.discretion import Range
from law.money import plain
from law.weighed import Calculation, Facts, Found, Line, money, span

HIGHER_FINE_ARTICLE = "《中华人民共和国行政处罚法》第二十九条"


def weigh(scheme: Scheme, facts: Facts, *, statutory: Range | None = None) -> Calculation:
    """Give the range a benchmark leads to, its derivation, and a warning where it leaves the statute.

    行政处罚法第三十四条; a benchmark that breaks its statute is told, never mended.
    """
    unknown = facts.chosen - scheme.options.keys()
    if unknown:
        return Calculation(
            open=(
                Line(
                    f"情节不属于该裁量基准：{'、'.join(sorted(unknown))}",
                    f"Not a circumstance of this benchmark: {', '.join(sorted(unknown))}",
                ),
            )
        )
    found = {
        Shape.GRADES: _by_grade,
        Shape.WEIGHTS: _by_weights,
        Shape.CELLS: _by_cell,
        Shape.DEFAULT: _by_default,
    }[scheme.shape](scheme, facts)
    return _inside_statute(found, statutory or Range())


def _by_grade(scheme: Scheme, facts: Facts) -> Calculation:
    met = [grade for grade in scheme.grades if grade.met(facts.chosen)]
    named = next((grade for grade in scheme.grades if facts.grade in {grade.id, grade.name}), None)
    if named is None and len(met) != 1:
        return Calculation(grades=tuple(grade.name for grade in met), open=(_no_single_grade(met),))
    grade = named or met[0]
    lines = [_grounds(grade, facts)]
    doubts = []
    if named is not None and met and named not in met:
        doubts.append(
            Line(
                f"勾选的情节指向“{'、'.join(one.name for one in met)}”，不是所选的“{named.name}”",
                f"The circumstances lead to {', '.join(one.name for one in met)}, not to {named.name}",
            )
        )
    if grade.no_penalty:
        lines.append(Line("该阶次不予处罚", "This grade carries no penalty"))
        return Calculation(no_penalty=True, grades=(grade.name,), lines=tuple(lines), doubts=tuple(doubts))
    found, more = _ranges(grade.amounts, facts.quantity)
    return Calculation(found, grades=(grade.name,), lines=(*lines, *more), doubts=tuple(doubts))


def _no_single_grade(met: Sequence[Grade]) -> Line:
    if not met:
        return Line("尚未勾选能够归入某一阶次的情节", "No circumstance is ticked yet that leads to a grade")
    names = "、".join(grade.name for grade in met)
    return Line(
        f"勾选的情节同时符合{names}，基准没有写明取哪一档，请选定一档并说明理由",
        f"The circumstances lead to several grades ({names}); choose one and give reasons",
    )


def _grounds(grade: Grade, facts: Facts) -> Line:
    ticked = grade.group.ticked(facts.chosen)
    if not ticked:
        return Line(f"选定“{grade.name}”", f"Grade chosen: {grade.name}")
    texts = "；".join(option.text for option in ticked)
    how = ("同时具备", "all of") if grade.needs_all else ("具备其一即可", "any of")
    many = len(grade.group.options) > 1
    return Line(
        f"情节“{texts}”归入“{grade.name}”" + (f"（所列情形{how[0]}）" if many else ""),
        f"Circumstance “{texts}” leads to “{grade.name}”" + (f" ({how[1]} those listed)" if many else ""),
    )


def _by_weights(scheme: Scheme, facts: Facts) -> Calculation:
    picked = {group.id: group.ticked(facts.chosen) for group in scheme.groups}
    missing = [group.name for group in scheme.groups if len(picked[group.id]) != 1]
    if missing:
        text = "、".join(missing)
        return Calculation(open=(Line(f"每个要素须选定一项：{text}", f"Choose one of each factor: {text}"),))
    lines = [Line(f"裁量起点{plain(scheme.start)}%", f"Start at {plain(scheme.start)}%")]
    total = scheme.start
    for group in scheme.groups:
        option = picked[group.id][0]
        total += option.weight
        lines.append(
            Line(
                f"{group.name}：{option.text}，加{plain(option.weight)}%",
                f"{group.name}: {option.text}, plus {plain(option.weight)}%",
            )
        )
    lines.append(Line(f"百分值总和{plain(total)}%", f"Sum of weights {plain(total)}%"))
    if scheme.floor is not None and total < scheme.floor:
        total = scheme.floor
        lines.append(
            Line(
                f"总和不足{plain(total)}%，按{plain(total)}%计算",
                f"Below {plain(total)}%, counted as {plain(total)}%",
            )
        )
    base = scheme.base if scheme.base is not None else facts.quantity
    fine = money(total / PERCENT * base * scheme.rate)
    lines.append(_product(scheme, total, base, fine))
    return Calculation((Found(scheme.target, Range(fine, fine)),), lines=tuple(lines))


def _product(scheme: Scheme, total: Decimal, base: Decimal, fine: Decimal) -> Line:
    times = "" if scheme.rate == ONE else f"×{plain(scheme.rate * PERCENT)}%"
    name = scheme.base_name if scheme.base is None else ""
    written = f"{plain(total)}%×{name}{plain(base)}元{times}＝{plain(fine)}元"
    return Line(
        f"罚款金额＝{written}", f"Fine = {plain(total)}% × {plain(base)} yuan{times} = {plain(fine)} yuan"
    )


def _by_cell(scheme: Scheme, facts: Facts) -> Calculation:
    missing = [group.name for group in scheme.groups if len(group.ticked(facts.chosen)) != 1]
    if missing:
        text = "、".join(missing)
        return Calculation(open=(Line(f"每一维须选定一项：{text}", f"Choose one on each axis: {text}"),))
    cell = next((one for one in scheme.cells if one.options == facts.chosen), None)
    if cell is None:
        return Calculation(
            open=(Line("表中没有这一组合，不能推定", "The table has no such combination; none is guessed"),)
        )
    lines = [
        Line(f"{group.name}：{option.text}", f"{group.name}: {option.text}")
        for group in scheme.groups
        for option in group.ticked(facts.chosen)
    ]
    if cell.no_penalty:
        lines.append(Line("该组合不予处罚", "No penalty for this combination"))
        return Calculation(no_penalty=True, lines=tuple(lines))
    found, more = _ranges(cell.amounts, facts.quantity)
    return Calculation(found, lines=(*lines, *more))


def _by_default(scheme: Scheme, facts: Facts) -> Calculation:
    found, lines = _ranges(scheme.amounts, facts.quantity)
    return Calculation(found, lines=lines)


def _ranges(amounts: Sequence[Amount], quantity: Decimal) -> tuple[tuple[Found, ...], tuple[Line, ...]]:
    found, lines = [], []
    for amount in amounts:
        reckoned, how = _reckon(amount, quantity)
        found.append(Found(amount.target, reckoned, amount.default))
        lines += how
    return tuple(found), tuple(lines)


def _reckon(amount: Amount, quantity: Decimal) -> tuple[Range, list[Line]]:
    """Turn a sum as written into yuan for the quantity found."""
    factor = factor_of(amount.unit, quantity)
    added, steps = Decimal(0), Decimal(0)
    if amount.step:
        steps = max(Decimal(0), quantity - amount.start) // amount.step
        added = steps * amount.per_step
    ends = [None if end is None else money(end * factor + added) for end in (amount.low, amount.high)]
    if amount.cap is not None:
        ends = [None if end is None else min(end, amount.cap) for end in ends]
    reckoned = Range(ends[0], ends[1])
    who = (f"{amount.target}：", f"{amount.target}: ") if amount.target else ("", "")
    lines = []
    if counts_on(amount.unit):
        lines.append(
            Line(
                f"{who[0]}{_as_written(amount)}，以{plain(quantity)}计",
                f"{who[1]}{_as_written(amount)}, counted on {plain(quantity)}",
            )
        )
    if amount.step:
        lines.append(
            Line(
                f"{who[0]}超过{plain(amount.start)}的部分满{plain(steps)}个{plain(amount.step)}，"
                f"每个加{plain(amount.per_step)}元",
                f"{who[1]}{plain(steps)} full steps of {plain(amount.step)} above {plain(amount.start)}, "
                f"{plain(amount.per_step)} yuan each",
            )
        )
    if amount.cap is not None:
        lines.append(
            Line(f"{who[0]}最高不超过{plain(amount.cap)}元", f"{who[1]}at most {plain(amount.cap)} yuan")
        )
    text = span(reckoned)
    lines.append(Line(f"{who[0]}罚款{text.zh}", f"{who[1]}fine {text.en}"))
    if amount.default is not None:
        lines.append(
            Line(
                f"{who[0]}一般情形{plain(amount.default)}元", f"{who[1]}usually {plain(amount.default)} yuan"
            )
        )
    return reckoned, lines


def _as_written(amount: Amount) -> str:
    ends = [plain(end) for end in (amount.low, amount.high) if end is not None]
    return "–".join(dict.fromkeys(ends)) + amount.unit


def meet(first: Range, second: Range) -> Range | None:
    """Give what two ranges share, ends included; None where they share nothing."""
    lows = [end for end in (first.low, second.low) if end is not None]
    highs = [end for end in (first.high, second.high) if end is not None]
    low, high = max(lows, default=None), min(highs, default=None)
    return None if low is not None and high is not None and low > high else Range(low, high)


def _inside_statute(calculation: Calculation, statutory: Range) -> Calculation:
    """Add the part inside the statute for the party itself, and warn where the benchmark leaves it."""
    found, lines, warnings = [], list(calculation.lines), list(calculation.warnings)
    for one in calculation.found:
        if one.target:
            found.append(one)
            continue
        lawful = meet(one.range, statutory)
        found.append(Found(one.target, one.range, one.default, lawful))
        law, given = span(statutory), span(one.range)
        if statutory != Range():
            lines.append(Line(f"法定幅度{law.zh}", f"Statute: {law.en}"))
        if leaves(one.range, statutory):
            warnings.append(
                Line(
                    f"基准的{given.zh}超出法定幅度{law.zh}，以法律为准，请报基准制定机关",
                    f"The benchmark's {given.en} leaves the statute's {law.en}; the statute prevails",
                )
            )
    return replace(calculation, found=tuple(found), lines=tuple(lines), warnings=tuple(warnings))


def leaves(given: Range, statutory: Range) -> bool:
    """Tell whether any sum of a benchmark lies outside the statute."""
    below = statutory.low is not None and given.low is not None and given.low < statutory.low
    above = statutory.high is not None and given.high is not None and given.high > statutory.high
    return below or above


def higher_of(ranges: Sequence[Range]) -> int | None:
    """Tell which of several statutes applies to one act: that with the higher fine (行政处罚法第二十九条).

    Upper bounds are compared, then lower ones; None where they cannot be told apart.
    """
    keys = [
        (one.high if one.high is not None else Decimal("Infinity"), one.low or Decimal(0)) for one in ranges
    ]
    best = max(keys, default=None)
    return keys.index(best) if best is not None and keys.count(best) == 1 else None
