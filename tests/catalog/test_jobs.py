"""Long imports that break: the job ends as failed, says so on page and in REST, and can be taken up again."""

from datetime import timedelta

import pytest
from django.urls import reverse

from catalog import jobs, tasks, uploading
from catalog.models import BatchState, ImportBatch, ImportRow, ItemVersion, ListKind
from catalog.starters import list_for
from desk import clock
from desk.jobs import LONGEST, begin, end_abandoned
from desk.models import Job, Notice
from tests.catalog.workbooks import workbook
from tests.factories.townships import OfficerFactory
from townships.roles import Role

pytestmark = pytest.mark.django_db
ROWS = [
    ["序号", "事项名称", "主管部门", "处罚依据"],
    ["1", "对甲的处罚", "水务局", "《某某市条例》第九条：处一千元以上五千元以下罚款。"],
]


@pytest.fixture
def admins():
    return OfficerFactory.create_batch(2, roles=[Role.CATALOG_ADMIN])


@pytest.fixture
def batch(admins):
    batch, _fresh = uploading.upload(
        power_list=list_for("NEW", title="新的清单", kind=ListKind.TOWNSHIP),
        data=workbook(ROWS),
        file_name="清单.xlsx",
        actor=admins[0],
        at=clock.now(),
        effective_on=clock.today(),
    )
    return batch


def test_a_fault_ends_the_job_with_a_way_back_and_is_taken_up_again_once_mended(client, admins, batch):
    batch = uploading.map_columns(batch=batch, mapping=batch.mapping, actor=admins[0], at=clock.now())
    whole = ImportRow.objects.get(outcome="item").content
    ImportRow.objects.filter(outcome="item").update(content={})
    job = jobs.ask_publication(batch=batch, officer=admins[1], on=None, at=clock.now())
    with pytest.raises(KeyError):
        tasks.publish(batch.pk, job.pk, admins[1].pk, "")
    job.refresh_from_db()
    assert (job.state, job.result_url) == ("failed", reverse("import", args=[batch.pk]))
    assert job.finished_at
    assert "意外错误" in job.message
    assert Notice.objects.get(recipient=admins[1]).link == reverse("desk:job", args=[job.pk])
    assert not ItemVersion.objects.exists()

    client.force_login(admins[1])
    shown = client.get(reverse("desk:job", args=[job.pk])).content.decode()
    assert f'href="{job.result_url}"' in shown
    back = client.get(job.result_url).content.decode()
    assert "意外错误" in back
    assert "核对无误，发布" in back
    told = client.get(reverse("api-import", args=[batch.pk])).json()
    assert (told["state"], told["job"]["state"], told["job"]["message"]) == ("staged", "failed", job.message)

    ImportRow.objects.filter(outcome="item").update(content=whole)
    batch.refresh_from_db()
    again = jobs.ask_publication(batch=batch, officer=admins[1], on=None, at=clock.now())
    tasks.publish(batch.pk, again.pk, admins[1].pk, "")
    again.refresh_from_db()
    assert again.state == "done"
    assert "意外错误" not in client.get(job.result_url).content.decode()
    assert client.get(reverse("api-import", args=[batch.pk])).json()["job"]["id"] == again.pk


def test_a_job_whose_batch_is_gone_fails_instead_of_waiting_for_ever(admins, batch):
    job = jobs.ask_staging(batch=batch, mapping=batch.mapping, officer=admins[0], at=clock.now())
    batch.delete()
    with pytest.raises(ImportBatch.DoesNotExist):
        tasks.stage(batch.pk, job.pk, admins[0].pk)
    job.refresh_from_db()
    assert job.state == "failed"


def test_a_reading_whose_worker_is_gone_is_shown_running_then_failed_and_read_anew(client, admins, batch):
    asked = clock.now()
    job = jobs.ask_staging(batch=batch, mapping=batch.mapping, officer=admins[0], at=asked)
    begin(job.pk, at=asked, total=2, message="正在读取、比较")
    client.force_login(admins[0])
    columns = reverse("import_columns", args=[batch.pk])
    assert "正在读取、比较" in client.get(columns).content.decode()
    assert end_abandoned(at=asked + LONGEST + timedelta(seconds=1)) == 1
    job.refresh_from_db()
    assert (job.state, job.result_url) == ("failed", columns)
    assert "中途停止" in client.get(columns).content.decode()
    batch.refresh_from_db()
    again = jobs.ask_staging(batch=batch, mapping=batch.mapping, officer=admins[0], at=clock.now())
    for late in (again, job):
        tasks.stage(batch.pk, late.pk, admins[0].pk)
    batch.refresh_from_db()
    assert batch.state == BatchState.STAGED
    assert list(Job.objects.order_by("pk").values_list("state", flat=True)) == ["failed", "done"]
