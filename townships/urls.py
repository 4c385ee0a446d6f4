"""Addresses of login, authority, people and system administration."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from townships.views import authority, grants, holders, login, officers, users

urlpatterns = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", login.PasswordChangeView.as_view(), name="password_change"),
    path("authority/", authority.AgreementList.as_view(), name="agreements"),
    path("authority/ask/", authority.authority_page, name="authority"),
    path("authority/item/<int:pk>/holders/", holders.item_holders, name="item_holders"),
    path("authority/new/", grants.DraftGrant.as_view(), name="grant_new"),
    path("authority/township/<int:pk>/", authority.township_powers, name="township_powers"),
    path("authority/<int:pk>/", authority.grant_page, name="grant"),
    path("authority/<int:pk>/sign/", grants.SignGrant.as_view(), name="grant_sign"),
    path("authority/<int:pk>/publish/", grants.PublishGrant.as_view(), name="grant_publish"),
    path("authority/<int:pk>/suspend/", grants.SuspendGrant.as_view(), name="grant_suspend"),
    path("authority/<int:pk>/resume/", grants.ResumeGrant.as_view(), name="grant_resume"),
    path("authority/<int:pk>/revoke/", grants.RevokeGrant.as_view(), name="grant_revoke"),
    path(
        "authority/<int:pk>/items/<int:row>/withdraw/",
        grants.WithdrawItem.as_view(),
        name="grant_item_withdraw",
    ),
    path("officers/", officers.OfficerList.as_view(), name="officers"),
    path("officers/<int:pk>/", officers.officer_page, name="officer"),
    path("officers/<int:pk>/certificate/", officers.IssueCertificate.as_view(), name="certificate_new"),
    path(
        "officers/<int:pk>/certificate/<int:held>/suspend/",
        officers.SuspendCertificate.as_view(),
        name="certificate_suspend",
    ),
    path(
        "officers/<int:pk>/certificate/<int:held>/return/",
        officers.ReturnCertificate.as_view(),
        name="certificate_return",
    ),
    path("officers/<int:pk>/reviewer/", officers.AppointReviewer.as_view(), name="reviewer_new"),
    path(
        "officers/<int:pk>/reviewer/<int:held>/end/",
        officers.RelieveReviewer.as_view(),
        name="reviewer_end",
    ),
    path("users/", users.UserList.as_view(), name="users"),
    path("users/new/", users.CreateUser.as_view(), name="user_new"),
    path("users/<int:pk>/", users.user_page, name="user"),
    path("users/<int:pk>/reset/", users.ResetPassword.as_view(), name="user_reset"),
    path("users/<int:pk>/unlock/", users.Unlock.as_view(), name="user_unlock"),
    path("users/<int:pk>/deactivate/", users.Deactivate.as_view(), name="user_deactivate"),
    path("users/<int:pk>/reactivate/", users.Reactivate.as_view(), name="user_reactivate"),
    path("users/<int:pk>/move/", users.MoveOfficer.as_view(), name="user_move"),
    path("users/<int:pk>/roles/", users.GiveRole.as_view(), name="user_role"),
    path("users/<int:pk>/roles/<int:held>/end/", users.EndRole.as_view(), name="user_role_end"),
]
