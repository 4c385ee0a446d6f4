"""Addresses of cases, stage by stage; one page for each act."""

from django.urls import path

from cases.acts import registry
from cases.archive import views as archive_views
from cases.clocks.views import calculator_page
from cases.decision import views as decision_views
from cases.flow.views import page_for
from cases.instruments import views as instruments
from cases.intake import views as intake_views
from cases.oversight import absence_views, awaiting_views, figures_view, rules_views
from cases.oversight import views as oversight
from cases.overview import views as overview
from cases.periods.urls import urlpatterns as period_pages
from cases.review import roster_views
from cases.review import views as review_views
from cases.routing import evaluation_views, reported
from cases.routing import views as routing_views

urlpatterns = [
    path("", overview.home, name="home"),
    path("leads/new/", intake_views.LeadView.as_view(), name="lead_new"),
    path("on-spot/new/", decision_views.OnSpotView.as_view(), name="on_spot_new"),
    path("leads/reported/", reported.reported_page, name="reported"),
    path("leads/routing-card/", intake_views.RoutingCard.as_view(), name="routing_card"),
    path("cases/", overview.CaseList.as_view(), name="cases"),
    path("authority/ending/", routing_views.ending_cases, name="ending_cases"),
    path("authority/evaluation/", evaluation_views.evaluation_page, name="evaluation"),
    path("authority/evaluation/<int:pk>/", evaluation_views.evaluation_item, name="evaluation_item"),
    path(
        "authority/evaluation/<int:pk>/decide/",
        evaluation_views.DecideItem.as_view(),
        name="evaluation_decide",
    ),
    path("reviews/", review_views.reviews, name="reviews"),
    path("officers/rosters/", roster_views.rosters_page, name="rosters"),
    path("officers/absences/", absence_views.absences_page, name="absences"),
    *period_pages,
    path("calculator/", calculator_page, name="calculator"),
    path("statistics/", figures_view.statistics, name="statistics"),
    path("settings/law/", oversight.law_settings_page, name="law_settings"),
    path("settings/law/rules/", rules_views.rules_page, name="law_rules"),
    path("settings/law/rules/choose/", rules_views.choose, name="law_rules_choose"),
    path("settings/law/clocks/<slug:clock_id>/", rules_views.clock_rule, name="clock_rule"),
    path("settings/law/awaiting/", awaiting_views.awaiting_page, name="awaiting"),
    path("settings/law/awaiting/confirm/", awaiting_views.confirm, name="awaiting_confirm"),
    path("settings/law/propose/", oversight.propose, name="law_setting_propose"),
    path("settings/law/<int:pk>/approve/", oversight.approve, name="law_setting_approve"),
    path("cases/<int:pk>/", overview.case, name="case"),
    path("cases/<int:pk>/personal/", overview.personal, name="case_personal"),
    path("cases/<int:pk>/documents/<int:instrument_id>/", instruments.instrument, name="instrument"),
    path("cases/<int:pk>/files/<str:sha256>/", instruments.case_file, name="case_file"),
    path("cases/<int:pk>/file/", archive_views.case_file, name="case_file_preview"),
    path(
        "cases/<int:pk>/file/<int:volume_id>/pages/<int:number>/",
        archive_views.page_image,
        name="case_file_page",
    ),
    path("cases/<int:pk>/file/download/", archive_views.download, name="case_file_download"),
    *(
        path(f"cases/<int:pk>/{act.move.value}/", page_for(act), name=f"act-{act.move.value}")
        for act in registry.acts.values()
    ),
]
