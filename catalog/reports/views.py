"""One page, one endpoint and one workbook for every report."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views import View
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from catalog.access import VIEW, CodeRequired, officer_of
from catalog.models import DataOrigin, Item
from catalog.reports.registry import Answer, Report, find, forms_of_all, open_to
from desk import clock
from desk.endpoints import Endpoint
from desk.exports import Column, plain, refuse_misread, workbook_response
from desk.shapes import Question, question_of, shape_error

SHOWN = 300


def report_for(request: HttpRequest | Request, key: str) -> Report:
    """Return a report the reader may open; 404 when there is none, 403 when the right is not held."""
    report = find(key)
    if report is None:
        raise Http404(_("没有这份报表。"))
    officer_of(request, report.code)
    return report


def form_for(report: Report, data: Any) -> forms.Form:
    """Fill the report's questions: what is asked in the address, the rest as usual."""
    if not any(data.get(key) for key in report.form.base_fields) and _asks_more(report):
        return report.form(initial={**report.first(clock.today())})
    usual = {key: value for key, value in report.first(clock.today()).items() if not data.get(key)}
    given = {key: data.get(key) for key in report.form.base_fields if data.get(key)}
    return report.form({**usual, **given})


def _asks_more(report: Report) -> bool:
    """Tell whether a report cannot be shown before something is asked."""
    usual = report.first(clock.today())
    return any(field.required and key not in usual for key, field in report.form.base_fields.items())


def columns_of(report: Report, answer: Answer) -> Sequence[Column]:
    """Add to the columns what items are that come from no official list, where some of the rows' do."""
    named = {key for row in answer.rows if (key := _item_of(row))}
    cautions = {
        item.pk: item.caution
        for item in Item.objects.filter(pk__in=named).exclude(data_origin=DataOrigin.OFFICIAL)
    }
    if not cautions:
        return report.columns
    return [*report.columns, Column(_("数据性质"), lambda row: cautions.get(_item_of(row) or 0, ""), 24)]


def _item_of(row: Any) -> int | None:
    return row.get("item_id") if isinstance(row, dict) else getattr(row, "item_id", None)


def table_of(
    report: Report, answer: Answer, columns: Sequence[Column], limit: int | None = None
) -> list[dict[str, Any]]:
    """Write the rows as cells."""
    return [
        {
            "cells": [column.value(row) for column in columns],
            "url": report.link(row) if report.link else "",
        }
        for row in answer.rows[:limit]
    ]


class Reports(CodeRequired):
    """The list of reports."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show those one may read."""
        held = officer_of(request, VIEW).permissions(clock.today())
        context = {"reports": open_to(held), "may_transfer": "authority.edit" in held}
        return render(request, "catalog/reports.html", context)


class ReportPage(CodeRequired, View):
    """One report."""

    def get(self, request: HttpRequest, key: str) -> HttpResponseBase:
        """Show it, or hand out the workbook."""
        report = report_for(request, key)
        form = form_for(report, request.GET)
        answer = report.found(request.user, form.cleaned_data) if form.is_valid() else Answer()
        columns = columns_of(report, answer)
        if request.GET.get("export") == "xlsx" and form.is_valid():
            unknown = sorted(set(request.GET) - {*form.fields, "export"})
            refuse_misread(unknown, back=f"{request.path}?")
            return workbook_response(answer.rows, columns, name=f"report-{report.key}")
        context = {
            "report": report,
            "form": form,
            "answer": answer,
            "asked": form.is_valid(),
            "columns": columns,
            "rows": table_of(report, answer, columns, SHOWN),
            "count": len(answer.rows),
            "more": len(answer.rows) > SHOWN,
            "query": request.GET.urlencode(),
            "crumbs": [
                (gettext_lazy("事项清单"), reverse("items")),
                (gettext_lazy("清单报表"), reverse("catalog_reports")),
                (report.title, ""),
            ],
        }
        return render(request, "catalog/report.html", context, status=422 if form.errors else 200)


class ReportApi(Endpoint):
    """One report as data."""

    def asks(self) -> type[Question]:
        """Name the words of the report asked for; those of every report where none is, as in the schema."""
        report = find(self.kwargs.get("key", ""))
        return question_of(report.form) if report else question_of(*forms_of_all())

    @extend_schema(operation_id="catalog_report", responses=OpenApiTypes.OBJECT, tags=["items"])
    def get(self, request: Request, key: str) -> Response:
        """Answer with figures and rows; questions are query parameters."""
        report = report_for(request, key)
        form = form_for(report, request.query_params)
        if not form.is_valid():
            if not form.is_bound:
                raise ValidationError({"questions": list(report.form.base_fields)})
            raise shape_error(form)
        answer = report.found(request.user, form.cleaned_data)
        columns = columns_of(report, answer)
        return Response(
            {
                "key": report.key,
                "title": str(report.title),
                "figures": [
                    {"label": str(one.label), "value": str(one.value), "good": one.good}
                    for one in answer.figures
                ],
                "notes": [str(note) for note in answer.notes],
                "columns": [str(column.label) for column in columns],
                "rows": [[plain(cell) for cell in row["cells"]] for row in table_of(report, answer, columns)],
            }
        )


urlpatterns = [
    path("items/reports/", Reports.as_view(), name="catalog_reports"),
    path("items/reports/<slug:key>/", ReportPage.as_view(), name="catalog_report"),
]
api = [path("reports/<slug:key>/", ReportApi.as_view(), name="api-catalog-report")]
