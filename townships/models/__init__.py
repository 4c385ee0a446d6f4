"""Who acts: bodies and places, people and their appointments, authority and its items."""

from townships.models.authority import (
    AuthorityGrant,
    GrantItem,
    GrantStatus,
    Mode,
    Suspension,
)
from townships.models.bodies import Body, BodyKind, County, Place, PlaceKind, Team
from townships.models.people import Certificate, Officer, ReviewerPost, ReviewerRank, RoleGrant

__all__ = [
    "AuthorityGrant",
    "Body",
    "BodyKind",
    "Certificate",
    "County",
    "GrantItem",
    "GrantStatus",
    "Mode",
    "Officer",
    "Place",
    "PlaceKind",
    "ReviewerPost",
    "ReviewerRank",
    "RoleGrant",
    "Suspension",
    "Team",
]
