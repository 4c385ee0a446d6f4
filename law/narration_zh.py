"""Tell the steps of a derivation in Chinese."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from law.extensions import APPROVERS

Data = Mapping[str, Any]
Teller = Callable[[Data, Data], str]
WEEKDAYS = "一二三四五六日"

IGNORED: Mapping[str, str] = {
    "no_ground_granted": "该期限没有可以扣除的事由",
    "ground_not_granted": "该事由不在本规则允许扣除的范围内",
    "not_notified": "未书面告知当事人",
    "no_length": "中止没有天数",
    "before_start": "起算前已经恢复",
    "after_end": "发生在期限届满之后",
}


def day_zh(text: str, *, weekday: bool = True, year: bool = True) -> str:
    """Write a date in Chinese."""
    day = date.fromisoformat(text[:10])
    written = f"{day.year}年{day.month}月{day.day}日" if year else f"{day.month}月{day.day}日"
    return f"{written}（星期{WEEKDAYS[day.weekday()]}）" if weekday else written


def _time(text: str) -> str:
    """Give the time of day of an instant."""
    return datetime.fromisoformat(text).strftime("%H:%M:%S") if len(text) > 10 else ""


def _span_zh(step: Data) -> str:
    """Write a run of days in Chinese."""
    first, last = step["first"], step.get("last", "")
    if not last:
        return f"自{day_zh(first)}起"
    if first == last:
        return day_zh(first)
    if first[:7] == last[:7]:
        return f"{day_zh(first, weekday=False)}至{int(last[8:10])}日"
    return f"{day_zh(first, weekday=False)}至{day_zh(last, weekday=False, year=first[:4] != last[:4])}"


def _start_zh(step: Data, data: Data) -> str:
    """Tell the starting event in Chinese."""
    if data["due_at"]:
        when = f"{day_zh(data['start'])}{_time(data['start'])}"
        return f"{when}{data['trigger_zh']}，自此时起连续计算，夜间和休息日不停（民法典第二百零一条第二款）。"
    if step.get("code") == "counted":
        return f"{day_zh(step['first'])}{data['trigger_zh']}，当日计为第1日。"
    return (
        f"{day_zh(step['first'])}{data['trigger_zh']}，当日不计入，自次日起算（民法典第二百零一条第一款）。"
    )


def _counted_zh(step: Data, data: Data) -> str:
    """Tell a run of counted days in Chinese."""
    number, days = step["number"], step["days"]
    if days == 1:
        name = f"，{step['name_zh']}）" if step.get("name_zh") else "）"
        return f"第{number}日：{day_zh(step['first']).removesuffix('）')}{name}。"
    return f"第{number}日至第{number + days - 1}日：{_span_zh(step)}，共{days}日。"


def _off(step: Data) -> str:
    """Name a day off in Chinese."""
    return "周末休息日" if step["name_zh"] == "周末" else f"{step['name_zh']}放假日"


def _skipped_zh(step: Data, data: Data) -> str:
    """Tell days off in Chinese."""
    word = "休息" if step["name_zh"] == "周末" else "放假"
    return f"{_span_zh(step)}{step['name_zh']}{word}，{step['days']}日不计。"


def _suspended_zh(step: Data, data: Data) -> str:
    """Tell a suspension in Chinese."""
    ground = step.get("name_zh") or "事由未载明"
    cost = f"，扣除{step['days']}日" if step.get("last") else "，尚未恢复"
    return f"{_span_zh(step)}因{ground}中止计算{cost}。"


def _ignored_zh(step: Data, data: Data) -> str:
    """Tell a suspension without effect in Chinese."""
    name = step.get("name_zh", "")
    end = step.get("last", "")
    span = f"{day_zh(step['first'], weekday=False)}至{day_zh(end, weekday=False)}" if end else _span_zh(step)
    return f"{span}的中止{f'（{name}）' if name else ''}不影响本期限：{IGNORED[step['code']]}。"


def _extension_zh(step: Data, data: Data) -> str:
    """Tell an extension in Chinese."""
    length = f"{step['days']}{data['length_zh'].lstrip('0123456789')}"
    tail = "，自未顺延的末日连续计算，末日只顺延一次。"
    if not step.get("code"):
        return f"延长{length}（批准情况未载明）{tail}"
    when = day_zh(step["first"], weekday=False) if step.get("first") else ""
    person = f"（{step['name_zh']}）" if step.get("name_zh") else ""
    return f"{when}经{APPROVERS[step['code']][0]}{person}批准，延长{length}{tail}"


def _corresponding_zh(step: Data, data: Data) -> str:
    """Tell the corresponding day in Chinese."""
    unit = data["length_zh"].lstrip("0123456789")
    why = "当月没有对应日，以月末日为期限届满日" if step.get("code") == "no_such_day" else "到期月的对应日"
    span = f"自{day_zh(step['first'])}起{step['number']}{unit}，至{day_zh(step['last'])}"
    return f"{span}，{why}（民法典第二百零二条）。"


def _due_zh(step: Data, data: Data) -> str:
    """Tell the end in Chinese."""
    if data["due_at"]:
        return f"期限届满：{day_zh(data['due_at'])}{_time(data['due_at'])}。"
    if data["kind"] == "calendar_unresolved":
        return f"暂定截止日：{day_zh(step['first'])}，导入节假日安排后重算。"
    end = "停止业务活动时" if step.get("code") == "office_hours" else "24时"
    return f"期限届满：{day_zh(step['first'])}{end}。"


TELLERS: Mapping[str, Teller] = {
    "start": _start_zh,
    "event": lambda s, d: f"{day_zh(s['first'])}{d['trigger_zh']}，通知日与当日均不计入。",
    "counted": _counted_zh,
    "skipped": _skipped_zh,
    "suspended": _suspended_zh,
    "ignored": _ignored_zh,
    "extension": _extension_zh,
    "corresponding": _corresponding_zh,
    "part": lambda s, d: f"{s['name_zh']}：{day_zh(s['first']) if s.get('first') else '未定'}。",
    "roll": lambda s, d: (
        f"末日{day_zh(s['first'])}为{_off(s)}，顺延至{day_zh(s['last'])}（民法典第二百零三条）。"
    ),
    "no_roll": lambda s, d: f"末日{day_zh(s['first'])}为{_off(s)}，本期限不顺延。",
    "makeup_end": lambda s, d: f"末日{day_zh(s['first'])}为{s['name_zh']}，是工作日。",
    "unresolved": lambda s, d: f"{s['number']}年节假日安排尚未公布或导入，结果为暂定，不作推定。",
    "open": lambda s, d: f"中止尚未恢复：已用{s['number']}日，剩余{s['days']}日，恢复后续算。",
    "notice": lambda s, d: f"最迟通知日：{day_zh(s['first'])}。",
    "due": _due_zh,
}
