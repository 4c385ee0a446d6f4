"""Face of the stages' models, so that Django finds them under one label."""

from cases.archive.models import Closure, Shelf, Volume
from cases.clocks.models import Clock, ClockChange, Extension, Suspension
from cases.decision.models import CollectiveDiscussion, Decision
from cases.decision.outcomes import Outcome
from cases.dossier.calendar_years import CalendarYear
from cases.dossier.figures import LawSetting
from cases.dossier.models import Assignment, Case, CaseUserObjectPermission
from cases.execution.dues import GoodsDisposal, Surcharge
from cases.execution.models import Payment
from cases.execution.performances import Performance
from cases.execution.spot import SpotCollection
from cases.execution.terms import PaymentTerms
from cases.hearing.models import Hearing, PriorNotice, Statement
from cases.holding.models import Hold
from cases.instruments.models import Instrument, Service
from cases.intake.models import FilingProposal, Verification
from cases.investigation.models import Correction, Exhibit, Record, Report, Scan
from cases.investigation.reviews import DeviceReview, ResultTold
from cases.parties.models import Party
from cases.periods.models import FeedToken, ServiceCorrection
from cases.recusal.models import Recusal
from cases.review.models import LegalReview, ReviewAssignment, StandIn
from cases.routing.models import HandOver, HandOverAnswer, ItemEvaluation, Referral

__all__ = [
    "Assignment",
    "CalendarYear",
    "Case",
    "CaseUserObjectPermission",
    "Clock",
    "ClockChange",
    "Closure",
    "CollectiveDiscussion",
    "Correction",
    "Decision",
    "DeviceReview",
    "Exhibit",
    "Extension",
    "FeedToken",
    "FilingProposal",
    "GoodsDisposal",
    "HandOver",
    "HandOverAnswer",
    "Hearing",
    "Hold",
    "Instrument",
    "ItemEvaluation",
    "LawSetting",
    "LegalReview",
    "Outcome",
    "Party",
    "Payment",
    "PaymentTerms",
    "Performance",
    "PriorNotice",
    "Record",
    "Recusal",
    "Referral",
    "Report",
    "ResultTold",
    "ReviewAssignment",
    "Scan",
    "Service",
    "ServiceCorrection",
    "Shelf",
    "SpotCollection",
    "StandIn",
    "Statement",
    "Surcharge",
    "Suspension",
    "Verification",
    "Volume",
]
