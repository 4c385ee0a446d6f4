"""Binding a case file of about 100 pages: warm, with one paper changed, cold."""

import io
import itertools
from collections.abc import Callable
from datetime import timedelta

import pgtrigger
import pikepdf

from bench.bench import Bench
from bench.cast import add_record, thick_case
from bench.line import Line
from bench.meter import Task
from cases.archive import volumes
from cases.archive.models import Volume
from cases.dossier.models import Case
from papers import files, rendering
from papers.services import render

NEXT = '<div style="break-before: page"></div>'


def lines(bench: Bench) -> list[Line]:
    """Return the lines about printing."""
    case = thick_case(bench.cast, bench.at, bench.today, bench.scale.documents)
    first = bind(bench, case)
    merge = Task(lambda: merged(case))
    # A paper of a later act: of the same instant it would prove the periods that began then.
    again = ((number, bench.at + timedelta(minutes=number)) for number in itertools.count(41))

    def forget() -> None:
        with pgtrigger.ignore("cases.Volume:kept"):
            Volume.objects.filter(case=case).delete()

    def change() -> None:
        forget()
        number, at = next(again)
        add_record(case, bench.cast, at, number, bench.today)

    facts = {"pages": first.page_count, "papers": case.instruments.count()}
    return [
        Line(
            "print_warm",
            f"case file of {first.page_count} pages, bound anew from cached parts",
            ours=Task(lambda: bind(bench, case), before=forget),
            floor=merge,
            most_ms=500,
            rounds=5,
            warm_ups=1,
            counted=False,
            facts=facts,
        ),
        Line(
            "print_again",
            "case file that did not change",
            ours=Task(lambda: bind(bench, case)),
            floor=Task(merge.call),
            most_ms=500,
            rounds=3,
            warm_ups=1,
            counted=False,
        ),
        Line(
            "print_changed",
            "case file with one paper more",
            ours=Task(lambda: bind(bench, case), before=change),
            floor=Task(merge.call),
            most_ms=1000,
            rounds=3,
            warm_ups=1,
            counted=False,
        ),
        _cold(bench, case),
    ]


def _cold(bench: Bench, case: Case) -> Line:
    """Nothing laid out yet, against one run of the layout engine over the same pages."""
    fresh: list[Case] = []
    return Line(
        "print_cold",
        "case file of which nothing is laid out yet",
        ours=Task(lambda: bind(bench, fresh.pop()), before=lambda: fresh.append(_unprinted(bench))),
        floor=Task(whole(case)),
        goal=2,
        rounds=1,
        warm_ups=0,
        counted=False,
    )


def _unprinted(bench: Bench) -> Case:
    volumes.binding._laid_out.cache_clear()
    return thick_case(bench.cast, bench.at, bench.today, bench.scale.documents)


def bind(bench: Bench, case: Case) -> Volume:
    """Bind the case file as its page does."""
    return volumes.bind_file(case=case, actor=bench.cast.lead, at=bench.at)


def merged(case: Case) -> bytes:
    """Only put the cached parts together."""
    volume, target = pikepdf.Pdf.new(), io.BytesIO()
    for instrument in case.instruments.select_related("paper__pdf").order_by("file_order", "id"):
        stored = render(instrument.paper)
        volume.pages.extend(pikepdf.Pdf.open(io.BytesIO(files.open_checked(stored))).pages)
    volume.save(target)
    return target.getvalue()


def whole(case: Case) -> Callable[[], bytes]:
    """Lay the same papers out as one document."""
    sheets = [
        rendering.render_html(instrument.paper.template, instrument.paper.content)
        for instrument in case.instruments.select_related("paper").order_by("file_order", "id")
    ]
    head, _, rest = sheets[0].partition("<body")
    opening, _, _ = rest.partition(">")
    bodies = [sheet.partition("<body")[2].partition(">")[2].rpartition("</body>")[0] for sheet in sheets]
    html = f"{head}<body{opening}>{NEXT.join(bodies)}</body></html>"
    return lambda: rendering.render_pdf(html)
