"""The acts of investigation."""

from cases.dossier.moves import Move
from cases.flow.acts import Act, registry
from cases.investigation import concluding, rules, scrutiny, services
from cases.investigation.forms import (
    CorrectionForm,
    ExhibitForm,
    InterviewForm,
    RecordForm,
    ReportForm,
    ScanForm,
    VoidForm,
)
from cases.investigation.panels import discretion_panel
from cases.investigation.scrutiny_forms import ExcludeExhibitForm, ReviewRecordingForm, TellResultForm

registry.add(
    Act(Move.ADD_EXHIBIT, ExhibitForm, services.add_exhibit, obstacles=rules.field_work_obstacles),
    Act(Move.RECORD_INSPECTION, RecordForm, services.record_inspection, obstacles=rules.field_work_obstacles),
    Act(
        Move.RECORD_INTERVIEW, InterviewForm, services.record_interview, obstacles=rules.field_work_obstacles
    ),
    Act(
        Move.ORDER_CORRECTION, CorrectionForm, services.order_correction, obstacles=rules.field_work_obstacles
    ),
    Act(Move.VOID_ENTRY, VoidForm, services.void_entry),
    Act(
        Move.REVIEW_RECORDING,
        ReviewRecordingForm,
        scrutiny.review_recording,
        obstacles=rules.field_work_obstacles,
    ),
    Act(Move.TELL_RESULT, TellResultForm, scrutiny.tell_result),
    Act(Move.EXCLUDE_EXHIBIT, ExcludeExhibitForm, scrutiny.exclude_exhibit),
    Act(Move.ADD_SCAN, ScanForm, services.add_scan),
    Act(
        Move.CONCLUDE,
        ReportForm,
        concluding.conclude,
        obstacles=rules.report_obstacles,
        template="cases/investigation/conclude.html",
        panel=discretion_panel,
    ),
)
