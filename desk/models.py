"""What a person finds at the desk: notices, drafts, running jobs, saved views and feedback sent."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.county import CountyScoped
from desk.wording import worded


class Notice(CountyScoped):
    """One message to one officer; the key makes a repeated send a no-op.

    Title and body are Chinese words to be said in the reader's language; params fill their places.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="notices", verbose_name=_("收件人")
    )
    kind = models.CharField(_("类别"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    body = models.CharField(_("内容"), max_length=500, blank=True)
    params = models.JSONField(_("所填内容"), default=dict, db_default={})
    link = models.CharField(_("链接"), max_length=300, blank=True)
    key = models.CharField(_("唯一键"), max_length=200)
    created_at = models.DateTimeField(_("时间"))
    read_at = models.DateTimeField(_("已读时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("通知")
        verbose_name_plural = _("通知")
        constraints = [
            models.UniqueConstraint(fields=["recipient", "key"], name="desk_notice_once"),
            models.CheckConstraint(condition=~Q(key=""), name="desk_notice_has_key"),
        ]
        indexes = [
            models.Index(fields=["recipient", "-created_at", "-id"], name="desk_notice_inbox"),
            models.Index(fields=["recipient"], condition=Q(read_at=None), name="desk_notice_unread"),
        ]

    def __str__(self) -> str:
        return self.headline

    @property
    def headline(self) -> str:
        """Say the title in the reader's language."""
        return worded(self.title, self.params)

    @property
    def detail(self) -> str:
        """Say the body in the reader's language."""
        return worded(self.body, self.params)


class Draft(CountyScoped):
    """What an officer has typed into one form and not yet sent."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts", verbose_name=_("填写人")
    )
    form_key = models.CharField(_("表单"), max_length=120)
    content = models.JSONField(_("内容"))
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("草稿")
        verbose_name_plural = _("草稿")
        constraints = [models.UniqueConstraint(fields=["officer", "form_key"], name="desk_draft_once")]

    def __str__(self) -> str:
        return self.form_key


class JobState(models.TextChoices):
    """How far a background job is."""

    WAITING = "waiting", _("等候")
    RUNNING = "running", _("进行中")
    DONE = "done", _("已完成")
    FAILED = "failed", _("未完成")


class Job(CountyScoped):
    """Background work that a person waits for: what it does, how far it is, where its result lies."""

    kind = models.CharField(_("类别"), max_length=40)
    title = models.CharField(_("标题"), max_length=200)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="jobs", verbose_name=_("发起人")
    )
    state = models.CharField(_("状态"), max_length=10, choices=JobState, default=JobState.WAITING)
    total = models.PositiveIntegerField(_("总数"), default=0)
    done = models.PositiveIntegerField(_("已完成数"), default=0)
    message = models.CharField(_("正在做什么"), max_length=300, blank=True)
    result_url = models.CharField(_("结果"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("发起时间"))
    started_at = models.DateTimeField(_("开始时间"), null=True, blank=True)
    finished_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("后台任务")
        verbose_name_plural = _("后台任务")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JobState.values), name="desk_job_state_known"),
            models.CheckConstraint(
                condition=Q(total=0) | Q(done__lte=F("total")), name="desk_job_done_within_total"
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None, state__in=["waiting", "running"])
                | Q(finished_at__isnull=False, state__in=["done", "failed"]),
                name="desk_job_end_matches_state",
            ),
        ]
        indexes = [models.Index(fields=["owner", "-created_at"], name="desk_job_of_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        """Return the share that is done, 0 to 100."""
        if self.state == JobState.DONE:
            return 100
        return 100 * self.done // self.total if self.total else 0

    @property
    def is_over(self) -> bool:
        """Tell whether nothing more will happen."""
        return self.state in {JobState.DONE, JobState.FAILED}


class SavedView(CountyScoped):
    """A filter and order of one list that an officer keeps under a name."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.CASCADE,
        related_name="saved_views",
        verbose_name=_("保存人"),
    )
    list_key = models.CharField(_("列表"), max_length=60)
    name = models.CharField(_("名称"), max_length=40)
    query = models.CharField(_("条件"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("常用筛选")
        verbose_name_plural = _("常用筛选")
        constraints = [
            models.UniqueConstraint(fields=["officer", "list_key", "name"], name="desk_view_named_once")
        ]

    def __str__(self) -> str:
        return self.name


class Feedback(CountyScoped):
    """A problem told from the page where it happened, with the request it happened in."""

    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        related_name="feedback_sent",
        verbose_name=_("反馈人"),
    )
    page = models.CharField(_("页面"), max_length=300)
    request_id = models.CharField(_("请求编号"), max_length=40, blank=True)
    text = models.TextField(_("问题"), max_length=2000)
    browser = models.CharField(_("浏览器"), max_length=300, blank=True)
    created_at = models.DateTimeField(_("时间"))
    answer = models.TextField(_("答复"), max_length=2000, blank=True)
    answered_at = models.DateTimeField(_("答复时间"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="feedback_answered",
        verbose_name=_("答复人"),
    )

    class Meta:
        verbose_name = _("问题反馈")
        verbose_name_plural = _("问题反馈")
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at=None, answer="") | Q(answered_at__isnull=False) & ~Q(answer=""),
                name="desk_feedback_answer_is_dated",
            )
        ]
        indexes = [models.Index(fields=["-created_at"], name="desk_feedback_recent")]

    def __str__(self) -> str:
        return self.text[:40]
