"""Pages of notices attached to items: one's own to read, one notice with its receipts, a new one."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county, in_county
from catalog.fields import ItemField
from catalog.models import Item, ItemNotice, NoticeKind
from desk import clock
from desk.endpoints import Endpoint
from desk.fields import DateField, LongText
from desk.keys import key_of
from desk.refusals import refusal_told
from desk.shapes import sent_fields, shape_error
from law.errors import RuleViolation
from townships.models import Officer
from townships.selectors.authority import named_items
from townships.selectors.item_notices import current, holders_of_notice, owed_by
from townships.services.item_notices import issue_notice, read_notice

ISSUE = "authority.edit"
MOST = 200


class NoticeForm(forms.Form):
    """A notice and the items it is attached to."""

    kind = forms.ChoiceField(label=gettext_lazy("类别"), choices=NoticeKind.choices)
    title = forms.CharField(label=gettext_lazy("标题"), max_length=200)
    body = LongText(label=gettext_lazy("内容"), rows=5, max_length=4000)
    document = forms.CharField(label=gettext_lazy("文号"), max_length=100, required=False)
    items = forms.ModelMultipleChoiceField(
        in_county(Item), label=gettext_lazy("事项"), widget=forms.MultipleHiddenInput
    )
    valid_from = DateField(label=gettext_lazy("自"))
    valid_to = DateField(label=gettext_lazy("至"), required=False, help_text=gettext_lazy("留空为长期"))


class NewNoticeForm(NoticeForm):
    """The form of the page: to the items one comes with another may be added, found as one types."""

    item = ItemField(
        label=gettext_lazy("添加事项"),
        required=False,
        help_text=gettext_lazy("输入名称、编码、拼音首字母或常用说法"),
    )
    field_order = ["item"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["items"].required = False

    def clean(self) -> dict[str, Any]:
        """Put the items together; a notice has at least one."""
        told: dict[str, Any] = super().clean() or {}
        added = told.pop("item", None)
        told["items"] = list(dict.fromkeys([*told.get("items", ()), *([added] if added else [])]))
        if not told["items"] and "item" not in self.errors:
            self.add_error("item", _("请至少选择一个事项。"))
        return told


def officer_in(request: HttpRequest | Request) -> Officer:
    """Return the signed-in officer."""
    if not isinstance(request.user, Officer):
        raise PermissionDenied
    return request.user


def require_issuer(request: HttpRequest | Request) -> Officer:
    """Return the officer, who must belong to the legal department."""
    officer = officer_in(request)
    if not officer.may(ISSUE, clock.today()):
        raise PermissionDenied(_("事项通知由法制机构发出。"))
    return officer


def _mine(officer: Officer) -> list[Any]:
    return list(owed_by(officer.body, clock.today())[:MOST]) if officer.body else []


@login_required
@require_GET
def item_notices(request: HttpRequest) -> HttpResponse:
    """Show the notices of the items the officer's body holds; who issues them sees all."""
    officer, on = officer_in(request), clock.today()
    may_issue = officer.may(ISSUE, on)
    context = {"notices": _mine(officer), "may_issue": may_issue}
    if may_issue:
        context["every"] = list(current(on)[:MOST])
    return render(request, "townships/item_notices.html", context)


@login_required
@require_GET
def item_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Show one notice, its items, who holds them today and who has read it."""
    officer, on = officer_in(request), clock.today()
    notice = get_in_county(ItemNotice, pk=pk)
    receipts = {row.body_id: row for row in notice.receipts.all()}
    holders = holders_of_notice(notice, on)
    read = set(receipts)
    mine = officer.body_id in {body.pk for body in holders}
    context = {
        "notice": notice,
        "names": named_items(notice.items.values_list("pk", flat=True), on),
        "holders": [(body, receipts.pop(body.pk, None)) for body in holders],
        "former": list(receipts.values()),
        "may_read": mine and officer.body_id not in read,
    }
    return render(request, "townships/item_notice.html", context)


@login_required
@require_POST
def read(request: HttpRequest, pk: int) -> HttpResponse:
    """Record the reading for the officer's body."""
    officer = officer_in(request)
    notice = get_in_county(ItemNotice, pk=pk)
    if officer.body is None:
        raise PermissionDenied
    with refusal_told(request):
        read_notice(notice=notice, body=officer.body, actor=officer, at=clock.now())
        messages.success(request, _("已签收。"))
    return redirect("item_notice", pk)


@login_required
@require_http_methods(["GET", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Issue a notice to the items named in the address (?items=)."""
    officer, on = require_issuer(request), clock.today()
    usual = {"valid_from": on, "items": request.GET.getlist("items"), "title": request.GET.get("title", "")}
    usual["kind"] = request.GET.get("kind", NoticeKind.REQUIREMENT)
    form = NewNoticeForm(request.POST) if request.method == "POST" else NewNoticeForm(initial=usual)
    refusal = None
    if request.method == "POST" and form.is_valid():
        try:
            notice = issue_notice(actor=officer, at=clock.now(), **form.cleaned_data)
            messages.success(request, _("已发出，当日持有机关的负责人已收到提醒。"))
            return redirect("item_notice", notice.pk)
        except RuleViolation as error:
            refusal = error
    keys = [key for text in form["items"].value() or [] if (key := key_of(text)) is not None]
    context = {"form": form, "refusal": refusal, "names": named_items(keys, on)}
    status = 200 if request.method == "GET" else 409 if refusal else 422
    return render(request, "townships/item_notice_new.html", context, status=status)


class ItemNoticesApi(Endpoint):
    """Notices of the items one's body holds."""

    @extend_schema(operation_id="item_notices", responses=OpenApiTypes.OBJECT, tags=["items"])
    def get(self, request: Request) -> Response:
        """List them, unread first."""
        return Response(
            [
                {"id": row.pk, "kind": row.kind, "title": row.title, "body": row.body, "is_read": row.is_read}
                | {"valid_from": row.valid_from, "valid_to": row.valid_to, "document": row.document}
                for row in _mine(officer_in(request))
            ]
        )

    @extend_schema(
        operation_id="item_notice_issue",
        request=OpenApiTypes.OBJECT,
        responses={201: OpenApiTypes.OBJECT},
        tags=["items"],
    )
    def post(self, request: Request) -> Response:
        """Issue a notice to items; 403 for whoever is not of the legal department."""
        officer = require_issuer(request)
        form = NoticeForm(sent_fields(request))
        if not form.is_valid():
            raise shape_error(form)
        notice = issue_notice(actor=officer, at=clock.now(), **form.cleaned_data)
        return Response({"id": notice.pk}, status=201)


class ReadNoticeApi(Endpoint):
    """The receipt of one's body."""

    @extend_schema(
        operation_id="item_notice_read", request=None, responses=OpenApiTypes.OBJECT, tags=["items"]
    )
    def post(self, request: Request, pk: int) -> Response:
        """Record the reading; 409 when the body holds none of the items."""
        officer = officer_in(request)
        notice = get_in_county(ItemNotice, pk=pk)
        if officer.body is None:
            raise PermissionDenied
        receipt = read_notice(notice=notice, body=officer.body, actor=officer, at=clock.now())
        return Response({"notice": notice.pk, "body": receipt.body_name, "read_at": receipt.read_at})


urlpatterns = [
    path("items/notices/", item_notices, name="item_notices"),
    path("items/notices/new/", new, name="item_notice_new"),
    path("items/notices/<int:pk>/", item_notice, name="item_notice"),
    path("items/notices/<int:pk>/read/", read, name="item_notice_read"),
]
api = [
    path("item-notices/", ItemNoticesApi.as_view(), name="api-item-notices"),
    path("item-notices/<int:pk>/read/", ReadNoticeApi.as_view(), name="api-item-notice-read"),
]
