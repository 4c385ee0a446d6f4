"""Documents and files of a case, always through the case's door."""

from io import BytesIO

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from cases.dossier.access import get_case
from cases.flow.views import acting
from cases.instruments.models import Instrument
from cases.instruments.selectors import file_of
from desk import clock
from papers import files
from papers.models import StoredFile
from papers.services import render

INLINE = frozenset({"application/pdf", "image/jpeg", "image/png", "video/mp4"})


def sent(stored: StoredFile, name: str) -> FileResponse:
    """Send a file with headers that keep a browser from running it."""
    inline = stored.content_type in INLINE
    data = BytesIO(files.open_checked(stored))
    response = FileResponse(data, content_type=stored.content_type, as_attachment=not inline, filename=name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


@login_required
@require_GET
def instrument(request: HttpRequest, pk: int, instrument_id: int) -> HttpResponseBase:
    """Send one document's PDF, laid out now if the job has not come to it yet."""
    officer = acting(request)
    case = get_case(officer, pk, on=clock.today())
    if not officer.may("case.print", clock.today()):
        raise PermissionDenied(_("你的岗位不能查看案件文书。"))
    found = get_object_or_404(Instrument.objects.select_related("paper"), pk=instrument_id, case=case)
    return sent(render(found.paper), f"{found.get_kind_display()}{found.number}.pdf")


@login_required
@require_GET
def case_file(request: HttpRequest, pk: int, sha256: str) -> HttpResponseBase:
    """Send one file of the case: evidence, scan, proof, voucher."""
    case = get_case(acting(request), pk, on=clock.today())
    stored = file_of(case, sha256)
    if stored is None:
        raise Http404(_("本案没有这个文件。"))
    if request.GET.get("size") == "thumbnail" and stored.is_image:
        return small_copy(stored)
    return sent(stored, stored.name)


def small_copy(stored: StoredFile) -> FileResponse:
    """Send the thumbnail of a picture; its address names the digest, so that a browser may keep it."""
    response = FileResponse(files.thumbnail(stored).open("rb"), content_type="image/jpeg")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=86400, immutable"
    return response
