"""REST of the law's settings: amounts of a day, rules in force, and the two people behind a figure."""

from django import forms
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.request import Request
from rest_framework.response import Response

from audit.county import get_in_county, in_county
from cases.dossier import law_settings
from cases.dossier.figures import LawSetting
from cases.dossier.law_book import local_profile
from cases.flow.views import acting
from cases.oversight.forms import LawSettingForm
from cases.oversight.rules_in_force import AsOf, ProfileForm, choosable, kind_lines
from cases.oversight.settings_list import state_of
from cases.oversight.thresholds import lines
from cases.oversight.views import require_legal
from desk import clock
from desk.endpoints import Endpoint
from desk.shapes import Question, question_of, sent_fields, serializer_of, shape_error
from law.profiles import NATIONAL
from townships.selectors import county


class WhichAmounts(AsOf):
    """Amounts as of a day, those of a key, a sector or a kind of party."""

    key = forms.CharField(required=False)
    party_type = forms.CharField(required=False)


class WhichSettings(Question):
    """The settings of a key."""

    key = serializers.CharField(required=False)


class SettingOut(serializers.ModelSerializer[LawSetting]):
    """A county's setting with the two people behind it."""

    proposed_by = serializers.CharField(source="proposed_by.name")
    approved_by = serializers.CharField(source="approved_by.name", default=None)
    state = serializers.SerializerMethodField()

    class Meta:
        model = LawSetting
        fields = [
            "id",
            "key",
            "value",
            "article",
            "source",
            "valid_from",
            "valid_to",
            "proposed_by",
            "approved_by",
            "approved_at",
            "state",
        ]

    def get_state(self, setting: LawSetting) -> str:
        """Where it stands today: pending, coming, in_force, ended."""
        return state_of(setting, clock.today())


def _proposed(request: Request, kind: type[LawSettingForm | ProfileForm]) -> Response:
    """Propose what was sent in the shape of a form; only the legal department may."""
    officer = require_legal(request)
    form = kind(sent_fields(request))
    if not form.is_valid():
        raise shape_error(form)
    made = law_settings.propose(actor=officer, at=clock.now(), **form.setting(county().area_code))
    return Response(SettingOut(made).data, status=status.HTTP_201_CREATED)


class ThresholdsApi(Endpoint):
    """The amounts as they stand on a day; propose one."""

    question = question_of(WhichAmounts)

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["law"])
    def get(self, request: Request) -> Response:
        """Answer with every amount, or those that fit the given keys; value null where none is known."""
        acting(request)
        asked = self.asked()
        on = asked.pop("on") or clock.today()
        rows = [line.as_dict() for line in lines(county().area_code, on=on)]
        fitting = [row for row in rows if all(row[name] == value for name, value in asked.items() if value)]
        return Response({"on": on, "place": county().area_code, "thresholds": fitting})

    @extend_schema(
        request=serializer_of(LawSettingForm, "ThresholdRequest"), responses=SettingOut, tags=["law"]
    )
    def post(self, request: Request) -> Response:
        """Propose an amount; it has no effect until a second person approves it."""
        return _proposed(request, LawSettingForm)


class RulesApi(Endpoint):
    """The rules that answer for each kind of period on a day; choose those of the area."""

    question = question_of(AsOf)

    @extend_schema(responses=OpenApiTypes.OBJECT, tags=["law"])
    def get(self, request: Request) -> Response:
        """Answer."""
        acting(request)
        asked = self.asked()
        sector, on = asked["sector"] or NATIONAL, asked["on"] or clock.today()
        local = local_profile(on=on)
        return Response(
            {
                "on": on,
                "sector": sector,
                "local": local.id if local else None,
                "choosable": [profile.id for profile in choosable()],
                "kinds": [line.as_dict() for line in kind_lines(sector, on=on)],
            }
        )

    @extend_schema(
        request=serializer_of(ProfileForm, "LocalRulesRequest"), responses=SettingOut, tags=["law"]
    )
    def post(self, request: Request) -> Response:
        """Propose the rules of the area from a day on."""
        return _proposed(request, ProfileForm)


class SettingsApi(Endpoint):
    """Every setting of the county with its history."""

    question = WhichSettings

    @extend_schema(responses=SettingOut(many=True), tags=["law"])
    def get(self, request: Request) -> Response:
        """Answer, newest first."""
        acting(request)
        rows = in_county(LawSetting).select_related("proposed_by", "approved_by").order_by("-id")
        return Response(SettingOut(rows.filter(**self.asked()), many=True).data)


class ApproveSettingApi(Endpoint):
    """The second person's approval."""

    @extend_schema(request=None, responses=SettingOut, tags=["law"])
    def post(self, request: Request, pk: int) -> Response:
        """Put a setting in force from its day."""
        officer = require_legal(request)
        setting = get_in_county(LawSetting, pk=pk)
        approved = law_settings.approve(setting=setting, actor=officer, at=clock.now())
        return Response(SettingOut(approved).data)
