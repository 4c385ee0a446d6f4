"""The case file: preview as page images, download as one PDF."""

from io import BytesIO

import pypdfium2
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.archive.models import Volume
from cases.archive.outline import lines_of
from cases.archive.volumes import bind_file
from cases.dossier.access import get_case
from cases.dossier.models import Case
from cases.dossier.stages import Stage
from cases.flow.views import acting
from cases.instruments.views import sent
from desk import clock
from papers import files

PREVIEW_SCALE = 1.25


def printable(request: HttpRequest, pk: int) -> Case:
    """Return the case, for whoever may print it."""
    officer = acting(request)
    case = get_case(officer, pk, on=clock.today())
    if not officer.may("case.print", clock.today()):
        raise PermissionDenied(_("你的岗位不能打印案卷。"))
    return case


def bound(request: HttpRequest, pk: int) -> tuple[Case, Volume]:
    """Return the case and its file as it stands; of an archived case, as it was put away."""
    case = printable(request, pk)
    if case.stage == Stage.ARCHIVED:
        kept = Volume.objects.filter(case=case).select_related("file").order_by("-id").first()
        if kept is not None:
            return case, kept
    return case, bind_file(case=case, actor=acting(request), at=clock.now())


@login_required
@require_GET
def case_file(request: HttpRequest, pk: int) -> HttpResponse:
    """Show the file page by page beside its contents."""
    case, volume = bound(request, pk)
    document = pypdfium2.PdfDocument(files.open_checked(volume.file))
    context = {
        "case": case,
        "volume": volume,
        "pages": range(1, len(document) + 1),
        "contents": list(lines_of(document, volume)),
    }
    return render(request, "cases/archive/file.html", context)


@login_required
@require_GET
def page_image(request: HttpRequest, pk: int, volume_id: int, number: int) -> HttpResponse:
    """Draw one page of a bound file, which never changes once it is bound."""
    volume = get_object_or_404(
        Volume.objects.select_related("file"), pk=volume_id, case=printable(request, pk)
    )
    document = pypdfium2.PdfDocument(files.open_checked(volume.file))
    if not 1 <= number <= len(document):
        raise Http404(_("案卷没有这一页。"))
    picture = BytesIO()
    document[number - 1].render(scale=PREVIEW_SCALE).to_pil().save(picture, "PNG")
    response = HttpResponse(picture.getvalue(), content_type="image/png")
    response["Cache-Control"] = "private, max-age=600"
    return response


@login_required
@require_GET
def download(request: HttpRequest, pk: int) -> HttpResponseBase:
    """Send the file as one PDF."""
    _case, volume = bound(request, pk)
    response = sent(volume.file, volume.file.name)
    response["Content-Disposition"] = response["Content-Disposition"].replace("inline", "attachment", 1)
    return response
