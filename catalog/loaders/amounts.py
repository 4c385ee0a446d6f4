"""Fines as written in Chinese texts: 五百元以上五千元以下, 10万元, 每平方米一千元, 一至二倍, 百分之二."""

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import lru_cache

DIGITS = {ch: n for n, ch in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "○": 0}
SMALL = {"十": 10, "百": 100, "千": 1000}
LARGE = {"万": 10_000, "亿": 100_000_000}
# The forms of numerals that bar a forger: 贰仟元.
PLAIN = str.maketrans("壹贰叁肆伍陆柒捌玖拾佰仟圆", "一二三四五六七八九十百千元")
NUMERAL = "零〇○一二三四五六七八九十百千两"
DIGITAL = r"\d[\d,，]*(?:\.\d+)?(?:十|百|千)?"
NUMBER = rf"(?:{DIGITAL}|[{NUMERAL}][{NUMERAL}万亿]*(?:点[零〇一二三四五六七八九]+)?)[万亿]?"
MONEY_UNIT = r"元人民币|元|块"
UNIT = rf"(?:{MONEY_UNIT}|倍|％|%)"
JOIN = r"(?:以上(?:至)?|至|到|[-—–－~～]+)"
PERCENT = r"百分之"
AMOUNT = re.compile(
    rf"(?P<p1>{PERCENT})?(?P<low>{NUMBER})\s*(?P<u1>{UNIT})?\s*{JOIN}\s*"
    rf"(?P<p2>{PERCENT})?(?P<high>{NUMBER})\s*(?P<u2>{UNIT})?\s*(?:以下|以内)?"
    rf"|(?P<p3>{PERCENT})?(?P<one>{NUMBER})\s*(?P<u3>{UNIT})?\s*(?P<edge>以下|以内|以上)?"
)
COUNTED = (
    "平方米|立方米|平米|㎡|公顷|平方公里|公里|千克|公斤|处|个|亩|株|棵|米|吨"
    "|头|只|辆次|辆|台|件|日|天|次|人次|人|户|份|条|批次|张|块|车次|艘|套|座|箱|尾|羽|升"
)
PER = re.compile(
    rf"(?:每(?:超(?:过|出|载|限|重)?|满|增加)?(?P<step>{NUMBER})?|按(?=[日天户次]))(?P<per>{COUNTED})"
    r"[^，。；,;元]{0,14}$"
)
# 每超1吨，罚款500元.
PER_STEP = re.compile(
    rf"每(?:超(?:过|出|载|限|重)?|满|增加|多)(?P<step>{NUMBER})?(?P<per>{COUNTED})[，,]"
    r"(?:再|加|并|另)*(?:处以?)?(?:罚款)?(?:人民币)?$"
)
IMPOSED = re.compile(r"(?:处以?|罚款|并处|课以|按照?[^，。；]{0,20}标准)[^，。；,;]{0,18}$")
FOLLOWED = re.compile(r"^(?:的)?(?:标准)?(?:计算[，,]?)?(?:的)?(?:处以?)?(?:的)?罚款")
CAPPED = r"(?:最高|总额|累计)[^，。；]{0,8}(?:不超过|不得超过|不高于)"
CAP = re.compile(rf"{CAPPED}$")
CAP_TOLD = re.compile(rf"{CAPPED}[^，。；]+")
TIMES = "倍"
# No pattern looks further than this from a sum.
REACH = 60
# 500元/平方米.
PER_AFTER = re.compile(rf"/(?P<per>{COUNTED})")
# Other ways of writing 以上 and 以下: 二万元（含）以上, 五万元及以上, 不低于二万元不超过五万元.
INCLUDED = re.compile(r"[（(]不?(?:含|包括|包含)[^（）()]{0,12}[）)]|及(?=以[上下])")
SUM_TOLD = rf"{NUMBER}{UNIT}?"
NOT_BELOW = re.compile(rf"不[低少]于(?P<sum>{SUM_TOLD})[，,]?(?:且|并)?(?=不|的?罚款|$)")
NOT_ABOVE = re.compile(rf"(?P<before>处以?|罚款|以上)不(?:得)?(?:超过|[高多]于)(?P<sum>{SUM_TOLD})")
# 二万元以上、五万元以下; 3000元≤X＜5000元.
PARTED = re.compile(rf"(?<=[元倍%％])以上[、，,](?=(?:{PERCENT})?{NUMBER}{UNIT}?(?:以下|以内))")
COMPARED = re.compile(rf"(?P<low>{SUM_TOLD})[≤<＜][^\d≤<＜，。；]{{1,8}}[≤<＜](?P<high>{SUM_TOLD})")
# 2万元以上不足5万元; 5万以上10万以下, with the 元 left out.
SHORT_OF = re.compile(rf"(?<=[元倍%％])以上(?:不足|不满|未满|不到)(?P<sum>{SUM_TOLD})(?:以下)?")
LEFT_OUT = re.compile(rf"(?<=[\d{NUMERAL}])万(?=以[上下内]|[-—–－~～至到]{NUMBER}|的?罚款|[；;。，,]|$)")
# 100元/平方米以上800元/平方米以下: what is counted stands behind the whole range.
METRES = re.compile(r"(?<=/)m[2²]")
EDGE_BEHIND = re.compile(rf"(?P<per>/(?:{COUNTED}))(?P<edge>以上|以下|以内)")
PER_TWICE = re.compile(rf"(?<=[元上])/(?:{COUNTED})(?=[-—–－~～至到]*{NUMBER}{UNIT})")
# ￥500～￥1,000元, ￥500.
YUAN_BEFORE = re.compile(rf"[￥¥](?P<sum>{NUMBER})(?![元\d,，.十百千万亿])")
NO_PENALTY = re.compile(r"不予(?:行政)?处罚|免予(?:行政)?处罚|免予?处罚")


@dataclass(frozen=True, slots=True)
class Fine:
    """One fine as read from a text: bounds (None = not stated), unit and the words it was read from."""

    low: Decimal | None
    high: Decimal | None
    unit: str
    words: str


def number(text: str) -> Decimal:
    """Read a number in digits or Chinese numerals; ValueError when it is none."""
    text = text.replace(",", "").replace("，", "").strip()
    scale = Decimal(1)
    while text and text[-1] in LARGE:
        scale *= LARGE[text[-1]]
        text = text[:-1]
    if not text:
        raise ValueError("no digits")
    if text[0].isdigit():
        return scale * _mixed(text)
    if "点" in text:
        whole, _, fraction = text.partition("点")
        return scale * (_chinese(whole) + Decimal("0." + "".join(str(DIGITS[ch]) for ch in fraction)))
    return scale * _chinese(text)


def _mixed(text: str) -> Decimal:
    factor = 1
    if text[-1] in SMALL:
        factor, text = SMALL[text[-1]], text[:-1]
    try:
        return Decimal(text) * factor
    except InvalidOperation as error:
        raise ValueError(f"not a number: {text}") from error


def _chinese(text: str) -> Decimal:
    total, section, digit = 0, 0, 0
    for ch in text:
        if ch in DIGITS:
            digit = DIGITS[ch]
        elif ch in SMALL:
            section += (digit or 1) * SMALL[ch]
            digit = 0
        elif ch in LARGE:
            total, section, digit = total + (section + digit) * LARGE[ch], 0, 0
        else:
            raise ValueError(f"not a numeral: {ch}")
    return Decimal(total + section + digit)


def fines_in(text: str) -> list[Fine]:
    """List the fines a text imposes, in order; sums that are only conditions are left out."""
    return [*_fines(text)]


def _unified(text: str) -> str:
    """Write bounds in one way, without what stands in brackets behind them."""
    text = INCLUDED.sub("", text.replace(" ", "").replace("\n", "").translate(PLAIN))
    if "万" in text:
        text = LEFT_OUT.sub("万元", text)
    text = PARTED.sub("以上", text)
    if "/" in text:
        text = EDGE_BEHIND.sub(r"\g<edge>\g<per>", METRES.sub("平方米", text))
        text = PER_TWICE.sub("", text)
    if "￥" in text or "¥" in text:
        text = YUAN_BEFORE.sub(r"\g<sum>元", text).replace("￥", "").replace("¥", "")
    if "≤" in text or "＜" in text or "<" in text:
        text = COMPARED.sub(r"\g<low>以上\g<high>以下", text)
    if "不" not in text and "未" not in text:
        return text
    text = SHORT_OF.sub(r"以上\g<sum>以下", text)
    return NOT_ABOVE.sub(r"\g<before>\g<sum>以下", NOT_BELOW.sub(r"\g<sum>以上", text))


@lru_cache(maxsize=8192)
def _fines(text: str) -> tuple[Fine, ...]:
    text = _unified(text)
    if (
        "元" not in text
        and "倍" not in text
        and "百分之" not in text
        and "%" not in text
        and "％" not in text
    ):
        return ()
    lenient = "罚" not in text and "处" not in text
    return tuple(
        fine
        for match in AMOUNT.finditer(text)
        if (lenient or _imposes(text, match)) and (fine := _fine(text, match)) is not None
    )


def cap_in(text: str) -> str:
    """Return the words by which a text caps a fine that grows by the piece."""
    found = CAP_TOLD.search(text)
    return found[0] if found else ""


def no_penalty_in(text: str) -> bool:
    """Tell whether a text says that nothing is imposed."""
    return bool(NO_PENALTY.search(text))


def _imposes(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - REACH) : match.start()]
    after = PER_AFTER.sub("", text[match.end() : match.end() + REACH], count=1)
    if CAP.search(before):
        return False
    return bool(FOLLOWED.match(after) or (IMPOSED.search(before) and not after.startswith("的，")))


def _fine(text: str, match: re.Match[str]) -> Fine | None:
    part = match.groupdict()
    percent = part["p2"] or part["p3"] or (part["p1"] and part["u2"] != TIMES)
    unit = "%" if percent else _unit(part["u2"] or part["u3"] or part["u1"])
    if not unit:
        return None
    before = text[max(0, match.start() - REACH) : match.start()] if unit == "元" else ""
    if before and (per := PER.search(before) or PER_STEP.search(before)):
        step = "" if per["step"] in {None, "一", "1"} else per["step"]
        unit = f"元/{step}{_per(per['per'])}"
    elif unit == "元" and (per := PER_AFTER.match(text, match.end())):
        unit = f"元/{_per(per['per'])}"
    if part["one"]:
        low, high = _single(number(part["one"]), part["edge"])
    else:
        low, high = _pair(part["low"], part["high"], same_unit=not part["u1"] and not part["p1"])
        if unit == TIMES and (part["p1"] or _unit(part["u1"]) == "%"):
            # 百分之五十以上三倍以下 of the same sum: the lower bound is half of it.
            low /= 100
    if low is not None and high is not None and low > high:
        return None
    return Fine(low, high, unit, match[0])


def _unit(word: str | None) -> str:
    if word in {"％", "%"}:
        return "%"
    return word if word == TIMES else ("元" if word else "")


def _per(word: str) -> str:
    return "平方米" if word in {"平米", "㎡"} else word


def _single(value: Decimal, edge: str | None) -> tuple[Decimal | None, Decimal | None]:
    if edge == "以上":
        return value, None
    return (None, value) if edge else (value, value)


def _pair(low: str, high: str, *, same_unit: bool) -> tuple[Decimal, Decimal]:
    first, second = number(low), number(high)
    # 三至五万元: the first sum borrows the 万 of the second.
    if same_unit and first < 100 and high[-1] in LARGE and low[-1] not in LARGE:
        first *= LARGE[high[-1]]
    return first, second
