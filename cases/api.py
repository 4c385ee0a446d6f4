"""REST routes of cases, stage by stage; one endpoint for each act."""

from django.urls import path

from cases.acts import registry
from cases.clocks.api import PreviewApi
from cases.flow.api import endpoint
from cases.intake.api import LeadApi
from cases.oversight import law_api
from cases.oversight.absence_views import AbsencesApi
from cases.oversight.figures_view import StatisticsApi
from cases.overview import api as overview
from cases.periods.api import WhatIfApi
from cases.review.roster_views import RostersApi
from cases.routing.evaluation_views import DECIDE, EvaluationApi
from cases.routing.reported import ReportedApi
from cases.routing.views import EndingsApi
from townships.api import posting

urlpatterns = [
    path("leads/", LeadApi.as_view(), name="api-leads"),
    path("cases/", overview.CaseListApi.as_view(), name="api-cases"),
    path("cases/<int:pk>/", overview.CaseApi.as_view(), name="api-case"),
    path("cases/<int:pk>/documents/", overview.DocumentsApi.as_view(), name="api-case-documents"),
    path("cases/<int:pk>/what-if/", WhatIfApi.as_view(), name="api-what-if"),
    path("cases/<int:pk>/trail/", overview.TrailApi.as_view(), name="api-case-trail"),
    path("deadlines/preview/", PreviewApi.as_view(), name="api-deadline-preview"),
    path("statistics/", StatisticsApi.as_view(), name="api-statistics"),
    path("law/thresholds/", law_api.ThresholdsApi.as_view(), name="api-thresholds"),
    path("law/rules/", law_api.RulesApi.as_view(), name="api-law-rules"),
    path("law/settings/", law_api.SettingsApi.as_view(), name="api-law-settings"),
    path("law/settings/<int:pk>/approve/", law_api.ApproveSettingApi.as_view(), name="api-law-approve"),
    path("leads/reported/", ReportedApi.as_view(), name="api-reported"),
    path("authority/endings/", EndingsApi.as_view(), name="api-endings"),
    path("authority/evaluation/", EvaluationApi.as_view(), name="api-evaluation"),
    path("authority/evaluation/<int:pk>/decide/", posting.endpoint(DECIDE), name="api-evaluation-decide"),
    path("rosters/", RostersApi.as_view(), name="api-rosters"),
    path("absences/", AbsencesApi.as_view(), name="api-absences"),
    path("queue/", overview.QueueApi.as_view(), name="api-queue"),
    *(
        path(f"cases/<int:pk>/{act.move.value}/", endpoint(act), name=f"api-{act.move.value}")
        for act in registry.acts.values()
    ),
]
