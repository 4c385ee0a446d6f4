"""Every act of every stage: the registry, full for whoever takes it from here."""

from cases.archive import acts as archive
from cases.decision import acts as decision
from cases.execution import acts as execution
from cases.flow.acts import registry
from cases.hearing import acts as hearing
from cases.holding import acts as holding
from cases.instruments import acts as papers
from cases.intake import acts as intake
from cases.investigation import acts as investigation
from cases.periods import acts as periods
from cases.recusal import acts as recusal
from cases.review import acts as review
from cases.routing import acts as routing

STAGES = (
    routing,
    recusal,
    intake,
    papers,
    investigation,
    holding,
    hearing,
    review,
    decision,
    execution,
    archive,
    periods,
)

__all__ = ["STAGES", "registry"]
