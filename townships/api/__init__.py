"""REST of authority and people, under /api/v1/."""

from django.urls import path

from townships.api import authority, people, tokens

urlpatterns = [
    path("authority/", authority.AuthorityApi.as_view(), name="api_authority"),
    path("grants/", authority.GrantListApi.as_view(), name="api_grants"),
    path("grants/<int:pk>/", authority.GrantApi.as_view(), name="api_grant"),
    path("officers/", people.OfficerListApi.as_view(), name="api_officers"),
    path("token/", tokens.TokenApi.as_view(), name="api_token"),
    path("users/", people.UserListApi.as_view(), name="api_users"),
    path("users/<int:pk>/roles/", people.UserRolesApi.as_view(), name="api_user_roles"),
]
