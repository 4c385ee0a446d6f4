"""Addresses of the desk."""

from django.urls import path
from django.views.i18n import set_language

from desk import feedback_views, views

app_name = "desk"
urlpatterns = [
    path("language/", set_language, name="set_language"),
    path("text-size/", views.text_size, name="text_size"),
    path("drafts/<str:form_key>/", views.DraftView.as_view(), name="draft"),
    path("notices/", views.NoticeList.as_view(), name="notices"),
    path("notices/read/", views.read_notices, name="read_notices"),
    path("notices/<int:pk>/", views.open_notice, name="notice"),
    path("jobs/", views.JobList.as_view(), name="jobs"),
    path("jobs/<int:pk>/", views.job_page, name="job"),
    path("feedback/", feedback_views.FeedbackView.as_view(), name="feedback"),
    path("feedback/list/", feedback_views.FeedbackList.as_view(), name="feedback_list"),
    path("feedback/<int:pk>/answer/", feedback_views.AnswerView.as_view(), name="feedback_answer"),
    path("views/", views.save_view, name="save_view"),
    path("desk/components/", views.components, name="components"),
    path("desk/components/options/", views.component_options, name="component_options"),
]
