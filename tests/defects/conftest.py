"""The small county, and the door of a module's laid case."""

from tests.cases.conftest import county, standing

__all__ = ["county", "standing"]
