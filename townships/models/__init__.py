"""Who acts: bodies and places, people and their appointments, authority and its items."""

from townships.models.approval_posts import ApprovalPost
from townships.models.auxiliaries import AuxiliaryPost
from townships.models.bodies import Body, BodyAlias, BodyKind, County, Place, PlaceKind, Team
from townships.models.certificate_codes import CertificateCode
from townships.models.certificates import BarReason, Certificate, CertificateBar, CertificateCheck
from townships.models.grant_items import GrantItem, GrantPlace
from townships.models.grants import AuthorityGrant, Suspension
from townships.models.modes import GrantStatus, Mode
from townships.models.people import Officer, RoleGrant
from townships.models.rosters import Absence, EquipmentCheck, ReviewerPost, ReviewerRank
from townships.models.secondments import Secondment
from townships.models.staff_changes import StaffChange
from townships.models.tailoring import (
    GrantBatch,
    ItemOrder,
    ItemSource,
    Meeting,
    TailoredChange,
    TailoredChoice,
    TailoredItem,
    TailoredList,
)
from townships.models.training import TrainingAttendance, TrainingSession
from townships.models.zones import Zone, ZoneDuty, ZonePlace

__all__ = [
    "Absence",
    "ApprovalPost",
    "AuthorityGrant",
    "AuxiliaryPost",
    "BarReason",
    "Body",
    "BodyAlias",
    "BodyKind",
    "Certificate",
    "CertificateBar",
    "CertificateCheck",
    "CertificateCode",
    "County",
    "EquipmentCheck",
    "GrantBatch",
    "GrantItem",
    "GrantPlace",
    "GrantStatus",
    "ItemOrder",
    "ItemSource",
    "Meeting",
    "Mode",
    "Officer",
    "Place",
    "PlaceKind",
    "ReviewerPost",
    "ReviewerRank",
    "RoleGrant",
    "Secondment",
    "StaffChange",
    "Suspension",
    "TailoredChange",
    "TailoredChoice",
    "TailoredItem",
    "TailoredList",
    "Team",
    "TrainingAttendance",
    "TrainingSession",
    "Zone",
    "ZoneDuty",
    "ZonePlace",
]
