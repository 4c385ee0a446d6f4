"""The tags and filters of every template; docs/design.md lists them with their parameters."""

from collections.abc import Sequence
from typing import Any

from django import template
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.template import defaulttags
from django.template.base import Parser, Token
from django.template.context import RequestContext
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from desk import controls, drafts, formats, icons, timelines, typeahead, wording
from desk.parts import Step, drawn, sort_link_drawn, steps_drawn
from law.errors import RuleViolation

register = template.Library()

TONES = frozenset({"red", "amber", "green", "blue", "teal", "grey"})
TONE_ICONS = {
    "red": "ban",
    "amber": "alert-triangle",
    "green": "circle-check",
    "blue": "circle-dot",
    "teal": "file-text",
    "grey": "circle-dashed",
}

register.filter("money", formats.money)
register.filter("cn_date", formats.cn_date)
register.filter("cn_datetime", formats.cn_datetime)
register.filter("mark", typeahead.mark_matches)
register.filter("cited", wording.cited)
register.filter("article_told", wording.article_told)
register.filter("said", wording.said)
register.filter("in_words", wording.in_words)
register.filter("way_out", wording.way_out)
register.filter("way_url", wording.way_url)


class Fixed(template.Node):
    """What is the same on every page and for everybody: laid out once for each language."""

    def __init__(self, parts: template.NodeList) -> None:
        self.parts = parts
        self.laid_out: dict[str | None, str] = {}

    def render(self, context: template.Context) -> str:
        """Lay the part out with nothing of the request in sight, when the language is first met."""
        language = get_language()
        if language not in self.laid_out:
            self.laid_out[language] = self.parts.render(context.new())
        return self.laid_out[language]


@register.tag
def fixed(parser: Parser, token: Token) -> Fixed:
    """Keep a part that shows nothing of the request: {% fixed %}…{% endfixed %}."""
    parts = parser.parse(("endfixed",))
    parser.delete_first_token()
    return Fixed(parts)


@register.simple_tag
def icon(name: str, css: str = "") -> SafeString:
    """Draw an icon: {% icon "gavel" %} or {% icon "gavel" "i20" %}."""
    return icons.draw(name, css)


@register.simple_tag
def status(label: str | Promise, tone: str = "grey", icon: str = "") -> SafeString:
    """Show a state as tint, icon and word: {% status "已结案" "green" %}."""
    if tone not in TONES:
        raise template.TemplateSyntaxError(f"unknown tone {tone!r}")
    return drawn("status", label=label, tone=tone, icon=icon or TONE_ICONS[tone])


@register.inclusion_tag("components/clock_chip.html")
def clock_chip(
    left: int | None = None,
    unit: str = "natural",
    *,
    met: bool = False,
    provisional: str | Promise = "",
    paused: int | None = None,
) -> dict[str, Any]:
    """Show how much time is left: {% clock_chip left=3 unit="working" %}; unit is working or natural."""
    working = unit == "working"
    if met:
        return {"tone": "green", "icon": "circle-check", "label": _("按期办结")}
    if paused is not None:
        return {"tone": "grey", "icon": "player-pause", "label": _("已中止 %(n)s 天") % {"n": paused}}
    if provisional or left is None:
        return {"tone": "amber", "icon": "help-circle", "label": _("暂定：%(why)s") % {"why": provisional}}
    return _days_left(left, working=working)


def _days_left(left: int, *, working: bool) -> dict[str, Any]:
    if left == 0:
        return {"tone": "amber", "icon": "clock-exclamation", "label": _("今天到期")}
    number = abs(left)
    late = left < 0
    if late and working:
        label = ngettext("逾期 %(n)s 工作日", "逾期 %(n)s 工作日", number)
    elif late:
        label = ngettext("逾期 %(n)s 天", "逾期 %(n)s 天", number)
    elif working:
        label = ngettext("剩 %(n)s 工作日", "剩 %(n)s 工作日", number)
    else:
        label = ngettext("剩 %(n)s 天", "剩 %(n)s 天", number)
    tone = "red" if late else "blue" if left <= 3 else "grey"
    return {"tone": tone, "icon": "alert-triangle" if late else "clock", "label": label % {"n": number}}


@register.inclusion_tag("components/field.html")
def field(bound: BoundField, label: str | Promise = "", css: str = "") -> dict[str, Any]:
    """Show a form field with label, hint and error: {% field form.happened_at %}."""
    return {"shown": controls.show(bound), "label": label or bound.label, "css": css}


@register.inclusion_tag("components/form_errors.html", takes_context=True)
def form_errors(
    context: RequestContext, form: BaseForm, violation: RuleViolation | None = None
) -> dict[str, Any]:
    """Sum up what keeps a form from being accepted, with a link to each field."""
    linked = [(form[name], errors) for name, errors in form.errors.items() if name in form.fields]
    general = [] if violation else list(form.non_field_errors())
    count = len(linked) + len(general)
    return {
        "form": form,
        "linked": linked,
        "general": general,
        "count": count,
        "violation": violation,
        "request": context.get("request"),
    }


@register.inclusion_tag("components/draft.html", takes_context=True)
def draft(context: RequestContext, form_key: str, form: BaseForm | None = None) -> dict[str, Any]:
    """Show the draft line of a form and hand its saved content to the page.

    A form that comes back with errors shows what was sent, never an older draft.
    """
    request = context["request"]
    saved = None
    if request.user.is_authenticated and not (form is not None and form.is_bound):
        saved = drafts.get(request.user, form_key)
    return {"form_key": form_key, "draft": saved, "element_id": f"draft-{form_key}"}


@register.simple_tag(takes_context=True)
def sort_link(context: RequestContext, key: str, label: str | Promise) -> SafeString:
    """Show a column head that sorts the list: {% sort_link "due" "到期日" %}."""
    present = context.get("sort") or context["request"].GET.get("sort", "")
    order = "asc" if present == key else "desc" if present == f"-{key}" else ""
    target = f"-{key}" if order == "asc" else key
    address = defaulttags.querystring(context, sort=target, cursor=None)
    return sort_link_drawn(str(label), order, address, get_language())


@register.simple_tag
def timeline(lines: Sequence[timelines.Line]) -> SafeString:
    """Draw what happened, one line an event: {% timeline lines %}."""
    return timelines.drawn(lines)


@register.simple_tag
def procedure_steps(steps: Sequence[Step]) -> SafeString:
    """Draw the steps of a procedure once for wide and narrow pages: {% procedure_steps rail as drawn %}."""
    return steps_drawn(steps)


@register.inclusion_tag("components/bar.html")
def bar(value: float, maximum: float = 100, label: str | Promise = "", tone: str = "blue") -> dict[str, Any]:
    """Draw a bar of value against maximum: {% bar 72 100 "已完成 72%" %}."""
    share = max(0.0, min(1.0, value / maximum)) if maximum else 0.0
    return {"width": f"{100 * share:.1f}", "label": label, "tone": tone}


@register.inclusion_tag("components/steps_bar.html")
def steps_bar(done: int, total: int, *, now: bool = True) -> dict[str, Any]:
    """Draw a small row of segments: how many of the steps are done, with the present one in between."""
    marks = ["d" if n < done else "n" if now and n == done else "" for n in range(total)]
    return {"marks": list(enumerate(marks)), "width": max(total * 6 - 2, 1), "done": done, "total": total}
