"""An act that is not open in a case: why, and the ways on from there."""

from collections.abc import Iterator

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _

from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.flow.acts import Act
from cases.flow.links import Reader, act_page, place_of
from cases.flow.nextsteps import next_actions
from cases.flow.stage_gates import out_of_stage
from desk.errors import Way, refusal
from desk.language import in_english, in_legal_language
from desk.wording import article_told, cited, way_out
from law.errors import RuleViolation


@in_legal_language()
def require_open(act: Act, case: Case) -> None:
    """Refuse to open an act out of its stage, or on nothing; what is sent the service judges."""
    if case.stage not in act.row.sources:
        raise out_of_stage(act.row, Stage(case.stage))
    if not act.applies(case):
        raise RuleViolation(
            "nothing_to_do_it_on",
            f"本案没有需要“{act.move.label}”的内容，或者已经办理。",
            act.row.article,
            "按案件页的“下一步”办理；登记有误的，先作废原登记。",
            message_en=f"'{in_english(act.move.label)}': nothing in this case for it, or done already.",
            unblock_en="Take the case's next step; void a mistaken entry first.",
        )


def closed_page(request: HttpRequest, case: Case, violation: RuleViolation, reader: Reader) -> HttpResponse:
    """Show why the act is not open, where the case stands, and what is open instead."""
    facts = [(_("本案"), f"{case} · {case.title}"), (_("阶段"), str(Stage(case.stage).label))]
    return refusal(request, violation, ways=list(_ways(case, violation, reader)), facts=facts)


def _ways(case: Case, violation: RuleViolation, reader: Reader) -> Iterator[Way]:
    """Yield what mends it, the next act of the reader, and the case."""
    mended = place_of(violation.link, case, reader)
    if mended.url:
        yield Way(way_out(violation), cited(violation), mended.url, mended.label)
    following = next_actions(reader.officer, case, on=reader.on)
    act = following.primary
    if act is not None:
        url = act_page(act.move, case)
        if url != mended.url:
            yield Way(_("下一步"), article_told(act.row.article), url, act.move.label)
    told = following.waits_told
    title = _("看本案现在能办什么") if mended.url else way_out(violation)
    yield Way(title, told, reverse("case", args=[case.pk]), _("看案件"))
