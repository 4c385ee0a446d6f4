"""REST of people: officers for everybody, accounts and roles for system administrators."""

from typing import Any, ClassVar

from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from desk import clock
from desk.endpoints import Endpoint
from desk.shapes import HIGHEST_KEY, DayField, PageAfter
from townships import selectors
from townships.api.asking import PAGE, caller
from townships.models import Certificate, CertificateBar, Officer, RoleGrant
from townships.roles import Role
from townships.services import accounts, appointments
from townships.services.accounts import Person


class CertificateBarSerializer(serializers.ModelSerializer[CertificateBar]):
    """Days on which a certificate does not hold, and why."""

    why = serializers.CharField(source="reason", read_only=True)

    class Meta:
        model = CertificateBar
        fields = ["why", "valid_from", "valid_to"]


class CertificateSerializer(serializers.ModelSerializer[Certificate]):
    """A certificate."""

    bars = CertificateBarSerializer(many=True, read_only=True)

    class Meta:
        model = Certificate
        fields = ["id", "number", "domains", "area", "limited_to", "valid_from", "valid_to", "bars"]


class OfficerSerializer(serializers.ModelSerializer[Officer]):
    """A person as the whole county may know them."""

    certificates = CertificateSerializer(many=True, read_only=True)
    body_name = serializers.CharField(source="body.name", read_only=True, default="")

    class Meta:
        model = Officer
        fields = ["id", "name", "body", "body_name", "team", "is_auxiliary", "is_head", "certificates"]


class WhichOfficers(PageAfter):
    """People of a body, or with a certificate."""

    body = serializers.IntegerField(min_value=1, max_value=HIGHEST_KEY, required=False)
    certified = serializers.BooleanField(default=False, help_text="only those with a certificate valid today")


class OfficerListApi(Endpoint):
    """The people of the county, by body."""

    question = WhichOfficers

    @extend_schema(responses=OfficerSerializer(many=True), tags=["people"])
    def get(self, request: Request) -> Response:
        """List them by key, at most 200 at a time."""
        caller(request)
        today, wish = clock.today(), self.asked()
        rows = selectors.officers_listed(today).filter(is_active=True, pk__gt=wish["after"])
        if "body" in wish:
            rows = rows.filter(body=wish["body"])
        if wish["certified"]:
            valid = selectors.certificates_valid(today).values("officer")
            rows = rows.filter(pk__in=valid, is_auxiliary=False)
        return Response(OfficerSerializer(rows.order_by("id")[:PAGE], many=True).data)


class RoleSerializer(serializers.ModelSerializer[RoleGrant]):
    """A role with its dates."""

    valid_from = DayField()
    valid_to = DayField(required=False, allow_null=True)

    class Meta:
        model = RoleGrant
        fields = ["id", "role", "body", "valid_from", "valid_to"]
        read_only_fields = ["id"]


class UserSerializer(serializers.ModelSerializer[Officer]):
    """An account."""

    roles = RoleSerializer(source="roles_now", many=True, read_only=True)

    class Meta:
        model = Officer
        fields = [
            "id",
            "username",
            "name",
            "body",
            "team",
            "staff_number",
            "is_active",
            "last_login",
            "roles",
        ]


class AccountSerializer(UserSerializer):
    """One account: its roles past, present and to come, and whether failed logins lock it."""

    roles = RoleSerializer(source="role_grants", many=True, read_only=True)
    locked = serializers.SerializerMethodField()

    class Meta(UserSerializer.Meta):
        fields = [*UserSerializer.Meta.fields, "must_change_password", "locked"]

    def get_locked(self, officer: Officer) -> bool:
        """Whether failed logins lock it now."""
        return selectors.is_locked(officer, clock.now())


class NewUserSerializer(serializers.ModelSerializer[Officer]):
    """What is asked to open an account."""

    class Meta:
        model = Officer
        fields = [
            "username",
            "name",
            "body",
            "team",
            "staff_number",
            "phone",
            "is_auxiliary",
            "is_head",
            "is_principal_head",
        ]
        extra_kwargs: ClassVar[dict[str, Any]] = {"username": {"validators": []}}


class FirstPasswordSerializer(serializers.Serializer[Any]):
    """An account and its first password, told once."""

    id = serializers.IntegerField()
    username = serializers.CharField()
    password = serializers.CharField()


class UserListApi(Endpoint):
    """Accounts: system administrators only."""

    question = PageAfter

    @extend_schema(responses=UserSerializer(many=True), tags=["users"])
    def get(self, request: Request) -> Response:
        """List accounts with today's roles, by key, at most 200 at a time."""
        caller(request, "user.manage")
        rows = selectors.officers_listed(clock.today()).filter(pk__gt=self.asked()["after"])
        return Response(UserSerializer(rows.order_by("id")[:PAGE], many=True).data)

    @extend_schema(request=NewUserSerializer, responses={201: FirstPasswordSerializer}, tags=["users"])
    def post(self, request: Request) -> Response:
        """Open an account; the first password stands in this answer and nowhere else."""
        actor = caller(request, "user.manage")
        wish = NewUserSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        officer, password = accounts.create_user(
            person=Person(**wish.validated_data), actor=actor, at=clock.now()
        )
        return _first_password(officer, password, status=201)


class UserApi(Endpoint):
    """One account."""

    @extend_schema(responses=AccountSerializer, tags=["users"])
    def get(self, request: Request, pk: int) -> Response:
        """Show it with all its roles."""
        return Response(AccountSerializer(_account(caller(request, "user.manage"), pk)).data)


class ResetPasswordApi(Endpoint):
    """The password of one account."""

    @extend_schema(request=None, responses=FirstPasswordSerializer, tags=["users"])
    def post(self, request: Request, pk: int) -> Response:
        """Give a new first password; it stands in this answer and nowhere else, the old one ends at once."""
        actor = caller(request, "user.manage")
        officer = _account(actor, pk)
        password = accounts.reset_password(officer=officer, actor=actor, at=clock.now())
        return _first_password(officer, password)


class UserRolesApi(Endpoint):
    """The roles of one account."""

    @extend_schema(request=RoleSerializer, responses={201: RoleSerializer}, tags=["users"])
    def post(self, request: Request, pk: int) -> Response:
        """Give a role with dates."""
        actor = caller(request, "user.manage")
        officer = _account(actor, pk)
        wish = RoleSerializer(data=request.data)
        wish.is_valid(raise_exception=True)
        values = {"body": None, "valid_to": None, **wish.validated_data}
        held = appointments.set_role(
            officer=officer, actor=actor, at=clock.now(), **{**values, "role": Role(values["role"])}
        )
        return Response(RoleSerializer(held).data, status=201)


def _account(actor: Officer, pk: int) -> Officer:
    return selectors.get_officer(actor, pk, on=clock.today(), code="user.manage")


def _first_password(officer: Officer, password: str, status: int = 200) -> Response:
    answer = {"id": officer.pk, "username": officer.username, "password": password}
    return Response(answer, status=status, headers={"Cache-Control": "no-store"})
