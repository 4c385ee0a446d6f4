"""The queue of legal review."""

from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from cases.clocks.models import Clock
from cases.dossier.access import visible_to
from cases.flow.views import acting
from cases.review.models import LegalReview
from desk import clock
from desk.keyset import KeysetPage


@login_required
@require_GET
def reviews(request: HttpRequest) -> HttpResponse:
    """Show the reviews waiting, by due day; with ?done=1 those given."""
    officer, today = acting(request), clock.today()
    done = request.GET.get("done") == "1"
    seen = Q(reviewer=officer) | Q(case__in=visible_to(officer, on=today))
    rows = LegalReview.objects.filter(seen).filter(concluded_at__isnull=not done)
    rows = rows.select_related("case__township", "case__item_version", "reviewer", "report", "post")
    page = KeysetPage(rows, ordering=["-id"] if done else ["submitted_at"], cursor=request.GET.get("cursor"))
    clocks = Clock.objects.filter(
        case__in=[row.case_id for row in page], kind="legal_review", state="running"
    )
    due = {row.case_id: row.due_on for row in clocks}
    return render(request, "cases/reviews.html", {"page": page, "due": due, "done": done, "today": today})
