"""Who acts: bodies and places, people and their appointments, authority and its items."""

from townships.models.bodies import Body, BodyKind, County, Place, PlaceKind, Team
from townships.models.people import Certificate, Officer, ReviewerPost, ReviewerRank, RoleGrant

__all__ = [
    "Body",
    "BodyKind",
    "Certificate",
    "County",
    "Officer",
    "Place",
    "PlaceKind",
    "ReviewerPost",
    "ReviewerRank",
    "RoleGrant",
    "Team",
]
