"""Addresses of login, authority, people and system administration."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from townships.grant_acts import GRANT_ACTS
from townships.staff_acts import STAFF_ACTS
from townships.views import (
    agreements,
    authority,
    grants,
    holders,
    login,
    officers,
    orders,
    rosters,
    staff,
    users,
)

urlpatterns = [
    path("login/", login.LoginView.as_view(), name="login"),
    path("logout/", LogoutView.as_view(), name="logout"),
    path("password/", login.PasswordChangeView.as_view(), name="password_change"),
    path("authority/", authority.AgreementList.as_view(), name="agreements"),
    path("authority/ask/", authority.authority_page, name="authority"),
    path("authority/item/<int:pk>/holders/", holders.item_holders, name="item_holders"),
    path("authority/new/", grants.DraftGrant.as_view(), name="grant_new"),
    path("authority/township/<int:pk>/", authority.township_powers, name="township_powers"),
    path("authority/township/<int:pk>/list/", agreements.township_list, name="township_list"),
    path("authority/<int:pk>/", authority.grant_page, name="grant"),
    *(
        path(f"authority/<int:pk>/{act.name}/", grants.GrantActPage.as_view(act=act), name=act.url_name)
        for act in GRANT_ACTS.values()
    ),
    path("authority/<int:pk>/paper/", agreements.agreement_paper, name="grant_paper"),
    path("authority/batches/", agreements.batches_page, name="grant_batches"),
    path("authority/batches/new/", agreements.OpenBatch.as_view(), name="grant_batch_new"),
    path("authority/batches/<int:pk>/", agreements.batch_page, name="grant_batch"),
    path("authority/batches/<int:pk>/draft/", agreements.DraftBatch.as_view(), name="grant_batch_draft"),
    path("authority/batches/<int:pk>/print/", agreements.PrintBatch.as_view(), name="grant_batch_printing"),
    path("authority/batches/<int:pk>/print/<str:sha256>/", agreements.batch_print, name="grant_batch_print"),
    path("authority/lists/", agreements.lists_page, name="tailored_lists"),
    path("authority/lists/new/", agreements.TailorList.as_view(), name="tailored_list_new"),
    path("authority/lists/choose/", agreements.ChooseList.as_view(), name="tailored_list_choose"),
    path("authority/lists/change/", agreements.ChangeItem.as_view(), name="tailored_list_change"),
    path("authority/meetings/new/", agreements.RecordMeeting.as_view(), name="meeting_new"),
    path("authority/orders/", orders.orders_page, name="orders"),
    path("authority/orders/new/", orders.OrderItem.as_view(), name="order_new"),
    path("authority/orders/<int:pk>/answer/", orders.AnswerOrder.as_view(), name="order_answer"),
    path("authority/bodies/", orders.bodies_page, name="bodies"),
    path("authority/bodies/<int:pk>/end/", orders.EndBody.as_view(), name="body_end"),
    path("authority/bodies/<int:pk>/alias/", orders.AddAlias.as_view(), name="body_alias"),
    path(
        "authority/<int:pk>/items/<int:row>/withdraw/",
        grants.WithdrawItem.as_view(),
        name="grant_item_withdraw",
    ),
    path("officers/", officers.OfficerList.as_view(), name="officers"),
    path("officers/<int:pk>/", officers.officer_page, name="officer"),
    *(path(act.path, staff.page_for(act), name=act.name) for act in STAFF_ACTS),
    path("forecast/", staff.forecast_page, name="forecast"),
    path("secondments/", staff.secondments_page, name="secondments"),
    path("staff-changes/", staff.staff_changes_page, name="staff_changes"),
    path("auxiliaries/", staff.auxiliaries_page, name="auxiliaries"),
    path("approval-posts/", staff.approval_posts_page, name="approval_posts"),
    path("training/", staff.training_page, name="training"),
    path("zones/", staff.zones_page, name="zones"),
    path("officers/<int:pk>/reviewer/", rosters.AppointReviewer.as_view(), name="reviewer_new"),
    path(
        "officers/<int:pk>/reviewer/<int:held>/end/",
        rosters.RelieveReviewer.as_view(),
        name="reviewer_end",
    ),
    path("officers/<int:pk>/absence/", rosters.SetAbsence.as_view(), name="absence_new"),
    path("officers/absences/<int:pk>/end/", rosters.EndAbsence.as_view(), name="absence_end"),
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
