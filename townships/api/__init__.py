"""REST of authority and people, under /api/v1/."""

from django.urls import path

from townships.api import authority, people, readings, tokens
from townships.api.accounts import ACCOUNT_POSTINGS
from townships.api.agreements import POSTINGS
from townships.api.posting import endpoint
from townships.api.registers import REGISTERS
from townships.api.rosters import ROSTER_POSTINGS, CapacityApi
from townships.api.staff import STAFF_POSTINGS

POSTED = {**POSTINGS, **ROSTER_POSTINGS, **STAFF_POSTINGS, **ACCOUNT_POSTINGS}

urlpatterns = [
    path("authority/", authority.AuthorityApi.as_view(), name="api_authority"),
    path("grants/", authority.GrantListApi.as_view(), name="api_grants"),
    path("grants/<int:pk>/", authority.GrantApi.as_view(), name="api_grant"),
    *(path(address, endpoint(posting), name=f"api_{posting.name}") for address, posting in POSTED.items()),
    path("bodies/", readings.BodyListApi.as_view(), name="api_bodies"),
    path("townships/<int:pk>/powers/", readings.TownshipPowersApi.as_view(), name="api_township_powers"),
    path("authority/capacity/", CapacityApi.as_view(), name="api_capacity"),
    path("authority/matrix/", readings.MatrixApi.as_view(), name="api_matrix"),
    path("grant-batches/", readings.BatchListApi.as_view(), name="api_grant_batches"),
    path("meetings/", readings.MeetingListApi.as_view(), name="api_meetings"),
    path("tailored-lists/", readings.TailoredApi.as_view(), name="api_tailored_lists"),
    path("orders/", readings.OrderListApi.as_view(), name="api_orders"),
    *REGISTERS,
    path("officers/", people.OfficerListApi.as_view(), name="api_officers"),
    path("token/", tokens.TokenApi.as_view(), name="api_token"),
    path("users/", people.UserListApi.as_view(), name="api_users"),
    path("users/<int:pk>/", people.UserApi.as_view(), name="api_user"),
    path("users/<int:pk>/reset/", people.ResetPasswordApi.as_view(), name="api_user_reset"),
    path("users/<int:pk>/roles/", people.UserRolesApi.as_view(), name="api_user_roles"),
]
