"""Pages of the desk itself: inbox, drafts, jobs, feedback, language and text size, the sheet of parts."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views import View
from django.views.decorators.http import require_POST

from desk import clock, drafts, jobs, notices, samples
from desk.keys import key_of, page_of
from desk.lists import ListView, SavedViewForm
from desk.models import Job, Notice, SavedView
from desk.shell import LARGE_TEXT_COOKIE
from desk.typeahead import options_response


def officer_of(request: HttpRequest) -> AbstractBaseUser:
    """Return who is signed in; the views ask only after they made sure that somebody is."""
    if not isinstance(request.user, AbstractBaseUser):
        raise PermissionDenied
    return request.user


def safe_next(request: HttpRequest, fallback: str = "/") -> str:
    """Return the address to go back to, if it is one of ours."""
    return page_of(request.POST.get("next") or request.GET.get("next")) or fallback


@require_POST
def text_size(request: HttpRequest) -> HttpResponse:
    """Keep the wish for larger text in a cookie."""
    response = HttpResponseRedirect(safe_next(request))
    response.set_cookie(
        LARGE_TEXT_COOKIE,
        "1" if request.POST.get("large") == "1" else "0",
        max_age=365 * 24 * 3600,
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )
    return response


class DraftView(View):
    """Keep or forget the draft of one form; an expired login answers 401, never a login page."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Refuse strangers and impossible keys."""
        if not request.user.is_authenticated:
            return JsonResponse({"code": "login_expired"}, status=401)
        if not drafts.is_valid_key(kwargs["form_key"]):
            return JsonResponse({"code": "bad_key"}, status=400)
        return super().dispatch(request, *args, **kwargs)

    def post(self, request: HttpRequest, form_key: str) -> JsonResponse:
        """Keep what was typed."""
        if len(request.body) > drafts.MAX_BYTES:
            return JsonResponse({"code": "too_large"}, status=413)
        content = drafts.read(request.body)
        if content is None:
            return JsonResponse({"code": "bad_json"}, status=400)
        draft = drafts.save(officer=officer_of(request), form_key=form_key, content=content, at=clock.now())
        return JsonResponse({"saved_at": draft.saved_at.isoformat()})

    def delete(self, request: HttpRequest, form_key: str) -> HttpResponse:
        """Forget it."""
        drafts.discard(officer_of(request), form_key)
        return HttpResponse(status=204)


class NoticeList(ListView[Notice]):
    """The notice inbox."""

    template_name = "desk/notices.html"
    list_key = "notices"
    orderings = {"time": ("created_at",)}
    default_sort = "-time"
    page_size = 30

    def rows(self) -> Any:
        """The officer's own notices, all or unread."""
        return notices.inbox(officer_of(self.request), unread_only=self.request.GET.get("only") == "unread")


@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Mark one notice as read and go where it points."""
    notice = get_object_or_404(Notice, pk=pk, recipient=request.user)
    notices.mark_read(officer=officer_of(request), at=clock.now(), ids=[notice.pk])
    return redirect(page_of(notice.link) or "desk:notices")


@login_required
@require_POST
def read_notices(request: HttpRequest) -> HttpResponse:
    """Mark the chosen notices as read, or all."""
    chosen = [key for value in request.POST.getlist("notice") if (key := key_of(value)) is not None]
    count = notices.mark_read(officer=officer_of(request), at=clock.now(), ids=chosen or None)
    messages.success(request, _("已标记 %(n)s 条为已读") % {"n": count})
    return redirect("desk:notices")


class JobList(ListView[Job]):
    """One's own background jobs, newest first."""

    template_name = "desk/jobs.html"
    list_key = "jobs"
    orderings = {"time": ("created_at",)}
    default_sort = "-time"

    def rows(self) -> Any:
        """Jobs this officer started."""
        return jobs.of_owner(self.request.user)


@login_required
def job_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a job is; htmx asks again until it is over."""
    job = get_object_or_404(jobs.of_owner(request.user), pk=pk)
    template = "components/job.html" if request.headers.get("HX-Request") else "desk/job.html"
    return render(request, template, {"job": job, "left": jobs.seconds_left(job, at=clock.now())})


@login_required
@require_POST
def save_view(request: HttpRequest) -> HttpResponse:
    """Keep the filter and order of a list under a name, or forget one."""
    officer = officer_of(request)
    form = SavedViewForm(request.POST)
    if form.is_valid() and form.cleaned_data["forget"]:
        SavedView.objects.filter(officer_id=officer.pk, pk=form.cleaned_data["forget"]).delete()
    elif form.is_valid() and form.cleaned_data["name"]:
        values = form.cleaned_data
        SavedView.objects.update_or_create(
            officer_id=officer.pk,
            list_key=values["list_key"],
            name=values["name"],
            defaults={"query": values["query"]},
        )
        messages.success(request, _("已存为常用筛选：%(name)s") % {"name": values["name"]})
    else:
        messages.error(request, _("没有保存：请给常用筛选起一个 40 字以内的名称"))
    return redirect(safe_next(request))


@login_required
def components(request: HttpRequest) -> HttpResponse:
    """Show every part once, for staff who check how the pages look."""
    if not getattr(request.user, "is_staff", False):
        raise PermissionDenied
    form = samples.SampleForm(request.POST or None)
    context = samples.context(today=clock.today(), now=clock.now())
    return render(request, "desk/components.html", {**context, "form": form})


@login_required
def component_options(request: HttpRequest) -> HttpResponse:
    """Answer the type-ahead of the sheet."""
    query = request.GET.get("q", "")
    return options_response(request, samples.options(query), query=query)
