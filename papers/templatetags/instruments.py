"""The few words and rows of which all instruments are built; built in to their own template engine."""

from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from papers import fetcher, wording

register = template.Library()
Data = Mapping[str, Any]

STEPS = {
    "registrar": "登记人意见",
    "handler": "承办人意见",
    "team_leader": "承办机构|负责人意见",
    "legal": "法制审核意见",
    "head": "机关负责人|审批意见",
}
NOTHING: Data = {}
LONG_LABEL = 16


@register.filter
def slash(value: Any) -> Any:
    """Print "/" for an empty field, so that nothing can be written in later."""
    return wording.BLANK if value is None or value in ("", [], {}) else value


@register.filter
def day(value: Any) -> str:
    """Print an ISO date as 2026年1月2日."""
    return wording.day(str(value)) if value else wording.BLANK


@register.filter
def minute(value: Any) -> str:
    """Print an ISO instant to the minute."""
    return wording.minute(str(value)) if value else wording.BLANK


@register.filter
def nth(value: Any) -> str:
    """Print a turn: 第2次."""
    return f"第{value}次" if value else wording.BLANK


@register.filter
def figures(value: Any) -> str:
    """Print an amount as 1,000.00."""
    return wording.BLANK if value in (None, "") else wording.figures(value)


@register.filter
def amount(value: Any) -> str:
    """Print an amount in capitals and figures."""
    return wording.BLANK if value in (None, "") else wording.amount(value)


@register.filter
def numeral(value: Any) -> str:
    """Print a count in Chinese numerals."""
    return wording.numeral(int(value))


@register.filter
def joined(value: Any) -> str:
    """Join names with the enumeration comma."""
    if isinstance(value, str):
        return value or wording.BLANK
    return wording.joined([str(item) for item in value or ()]) or wording.BLANK


@register.filter
def officers(value: Iterable[Data] | None) -> str:
    """Print officers with their certificate numbers."""
    return wording.joined([_officer(item) for item in value or ()]) or wording.BLANK


def _officer(item: Data) -> str:
    certificate = item.get("certificate")
    return f"{item.get('name', '')}（执法证号 {certificate}）" if certificate else str(item.get("name", ""))


@register.filter
def names(value: Iterable[Data] | None) -> str:
    """Print the names of officers or other persons."""
    return wording.joined([str(item.get("name", "")) for item in value or ()]) or wording.BLANK


@register.filter
def whole_names(value: str) -> SafeString:
    """Print names joined with the enumeration comma so that no line ends within a person's name."""
    first, *others = value.split("、")
    if not others:
        return escape(value)
    marked = [(first, ""), *((other, "、") for other in others)]
    return format_html_join("", '{1}<span class="name">{0}</span>', marked)


@register.filter
def joined_posts(value: Iterable[Data] | None) -> str:
    """Print names with post or relation in brackets."""
    return wording.joined([_with_post(item) for item in value or ()]) or wording.BLANK


def _with_post(item: Data) -> str:
    post = item.get("post") or item.get("relation")
    return f"{item.get('name', '')}（{post}）" if post else str(item.get("name", ""))


@register.filter
def lines(value: Any) -> list[str]:
    """Split a text into its paragraphs; "/" when there is none."""
    parts = [str(item) for item in value] if isinstance(value, list | tuple) else str(value or "").split("\n")
    return [part.strip() for part in parts if part.strip()] or [wording.BLANK]


@register.filter
def you(party: Data | None) -> str:
    """Address a party: 你 to a person, 你单位 to an organisation."""
    return "你单位" if (party or NOTHING).get("kind") == "organisation" else "你"


@register.filter
def photo(sha256: Any) -> str:
    """Return the address of a stored picture; empty for anything but a digest."""
    return fetcher.address_of(str(sha256 or ""))


@register.filter
def full_stop(value: Any) -> str:
    """End a sentence that the writer left open."""
    text = str(value or "").strip()
    ended = text in ("", wording.BLANK) or text.endswith(("。", "！", "？", "；", "：", "”"))
    return text if ended else f"{text}。"


@register.filter
def bare(value: Any) -> str:
    """Take the closing mark off a text that is to be quoted within a sentence."""
    return str(value or "").strip().rstrip("。；，")


@register.filter
def statute(value: Any) -> str:
    """Print a statute's name in its title marks, once."""
    return f"《{str(value).strip('《》')}》" if value else wording.BLANK


@register.filter
def provision(value: Data | None) -> str:
    """Cite a provision: 《…法》第一条."""
    return wording.provision(value) or wording.BLANK


@register.filter
def as_case(value: Any) -> str:
    """Name a case in a sentence, whether or not its cause is written as a case."""
    text = str(value or "")
    return text if not text or text.endswith("案") else f"涉嫌{text}一案"


@register.simple_tag
def tick(chosen: Any, label: str = "") -> SafeString:
    """Print a box that stays visible when it is not chosen; drawn, since the faces have no ballot box."""
    mark = "√" if chosen else mark_safe("&#160;")
    size = " long" if len(label) > LONG_LABEL else ""
    return format_html('<span class="choice{}"><span class="box">{}</span>{}</span>', size, mark, label)


@register.simple_tag
def options(chosen: Any, *pairs: str) -> SafeString:
    """Print a row of boxes for key, label pairs; the chosen key, or each of several, is ticked."""
    keys = {str(key) for key in chosen} if isinstance(chosen, list | tuple) else {str(chosen)}
    labels = zip(pairs[::2], pairs[1::2], strict=True)
    return format_html_join("", "{}", ((tick(key in keys, label),) for key, label in labels))


def _label(text: str) -> SafeString:
    """Break a long label into two lines, at a bar or a bracket if it has one, else after four characters."""
    if "|" in text:
        return format_html("{}<br>{}", *text.split("|", 1))
    if "（" in text[1:]:
        head, tail = text.split("（", 1)
        return format_html("{}<br>（{}", head, tail)
    if len(text) < 6:
        return format_html("{}", text)
    turn = 5 if text[4] in "、，" else 4
    return format_html("{}<br>{}", text[:turn], text[turn:])


@register.simple_tag
def heading(text: str) -> SafeString:
    """Print a label cell of a form."""
    return format_html("<th>{}</th>", _label(text))


@register.simple_tag
def row(*pairs: Any) -> SafeString:
    """Print one row of label, value cells: one, two or three pairs across the six columns of a form."""
    cells = list(zip(pairs[::2], pairs[1::2], strict=True))
    spans = {1: (5,), 2: (2, 2), 3: (1, 1, 1)}[len(cells)]
    inner = format_html_join(
        "",
        '<th>{}</th><td colspan="{}">{}</td>',
        ((_label(label), span, slash(value)) for (label, value), span in zip(cells, spans, strict=True)),
    )
    return format_html("<tr>{}</tr>", inner)


@register.simple_tag(takes_context=True)
def period_row(context: template.Context, label: str) -> SafeString:
    """Print a row with the time of a record from its beginning to its end, both to the minute."""
    start, end = minute(context.get("started_at")), context.get("ended_at")
    return row(label, f"{start}至{minute(end)}" if end else start)


@register.simple_tag
def reply(text: Any) -> SafeString:
    """Print an answer, or a line on which it is to be written."""
    return format_html("{}", full_stop(text)) if text else mark_safe('<span class="fill"></span>')


@register.simple_tag
def prose(label: str, text: Any, size: str = "") -> SafeString:
    """Print a row whose one cell holds paragraphs."""
    paragraphs = format_html_join("", "<p>{}</p>", ((part,) for part in lines(text)))
    return format_html(
        '<tr class="prose {}"><th>{}</th><td colspan="5">{}</td></tr>', size, _label(label), paragraphs
    )


@register.simple_tag
def approvals(given: Iterable[Data] | None, *steps: str) -> SafeString:
    """Print one opinion cell for each step, filled where the opinion is given and left to be written else."""
    by_step = {str(item.get("step")): item for item in given or ()}
    # Once the last has decided, a step that nobody took is no gap to be filled in.
    asked = [step for step in steps if step in by_step or steps[-1] not in by_step]
    order = [*asked, *(step for step in by_step if step not in steps)]
    return format_html_join("", "{}", ((_opinion(step, by_step.get(step, NOTHING)),) for step in order))


def _opinion(step: str, item: Data) -> SafeString:
    text = item.get("opinion")
    paragraphs = format_html_join("", "<p>{}</p>", ((part,) for part in lines(text)) if text else ())
    dated = wording.day(str(item["dated"])) if item.get("dated") else "    年  月  日"
    return format_html(
        '<tr class="opinion"><th>{}</th><td colspan="5">{}<p class="signed">签名：'
        '<span class="hand">{}</span><span class="when">{}</span></p></td></tr>',
        _label(item.get("label") or STEPS.get(step, step)),
        paragraphs,
        wording.joined([str(name) for name in item.get("signers") or ()]),
        dated,
    )


@register.inclusion_tag("instruments/blocks/party_rows.html")
def party_rows(party: Data | None, label: str = "当事人") -> dict[str, Any]:
    """Print a party as rows of a form."""
    return {"party": party or NOTHING, "label": label}


@register.inclusion_tag("instruments/blocks/party_lines.html")
def party_lines(party: Data | None, label: str = "当事人") -> dict[str, Any]:
    """Print a party as lines of a letter."""
    return {"party": party or NOTHING, "label": label}


@register.inclusion_tag("instruments/blocks/remedy.html", takes_context=True)
def remedy(context: template.Context, subject: str = "本决定", mode: str = "") -> dict[str, Any]:
    """Print where and until when the party may ask for review or sue.

    mode: set by an instrument whose path the law fixes; else the content says it.
    """
    said = context.get("remedy") or NOTHING
    return {
        "subject": subject,
        "mode": mode or said.get("mode"),
        "remedy": said,
        "county": context.get("county") or NOTHING,
    }
