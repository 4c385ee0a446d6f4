"""The acts on the registers: auxiliaries, posts of approval, training, zones."""

from django.utils.translation import gettext_lazy as _

from townships.forms import staff
from townships.forms.people import LastDayForm
from townships.models import ApprovalPost, AuxiliaryPost, TrainingSession, ZoneDuty
from townships.services import approval_posts, auxiliaries, training, zones
from townships.staff_acts.act import StaffAct

AUXILIARIES = (
    StaffAct(
        "auxiliary_engage",
        "auxiliaries/engage/",
        staff.EngageForm,
        auxiliaries.engage,
        _("登记辅助人员岗位"),
        _("已登记。"),
        page="auxiliaries",
    ),
    StaffAct(
        "auxiliary_release",
        "auxiliaries/<int:pk>/release/",
        LastDayForm,
        auxiliaries.release,
        _("结束辅助岗位"),
        _("最后一日已登记。"),
        model=AuxiliaryPost,
        about="post",
        page="auxiliaries",
    ),
)
REGISTERS = (
    StaffAct(
        "approval_post_new",
        "approval-posts/hold/",
        staff.ApprovalPostForm,
        approval_posts.hold_post,
        _("登记审批岗位"),
        _("已登记。"),
        page="approval_posts",
    ),
    StaffAct(
        "approval_post_end",
        "approval-posts/<int:pk>/end/",
        LastDayForm,
        approval_posts.end_post,
        _("结束审批岗位"),
        _("最后一日已登记。"),
        model=ApprovalPost,
        about="post",
        page="approval_posts",
    ),
    StaffAct(
        "training_new",
        "training/record/",
        staff.TrainingForm,
        training.record_training,
        _("登记培训"),
        _("培训已登记。"),
        page="training",
    ),
    StaffAct(
        "training_attend",
        "training/<int:pk>/attend/",
        staff.AttendForm,
        training.attend,
        _("补登参训人员"),
        _("已登记。"),
        model=TrainingSession,
        about="session",
        page="training",
    ),
    StaffAct(
        "zone_draw",
        "zones/draw/",
        staff.ZoneForm,
        zones.draw_zone,
        _("划定片区"),
        _("片区已划定。"),
        page="zones",
    ),
    StaffAct(
        "zone_take",
        "zones/take/",
        staff.ZoneDutyForm,
        zones.take_zone,
        _("确定片区责任人"),
        _("已登记。"),
        page="zones",
    ),
    StaffAct(
        "zone_give_up",
        "zones/duties/<int:pk>/end/",
        LastDayForm,
        zones.give_up_zone,
        _("结束片区责任"),
        _("最后一日已登记。"),
        model=ZoneDuty,
        about="duty",
        page="zones",
    ),
)
