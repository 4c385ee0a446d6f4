"""A background job whose worker is killed: the next sweep ends it, and it can be asked for again."""

import psycopg
import pytest
from django.utils import timezone

from catalog import jobs, tasks, uploading
from catalog.models import BatchState, ListKind
from catalog.starters import list_for
from desk.jobs import LONGEST, end_abandoned
from desk.models import JobState
from tests.catalog.workbooks import workbook
from tests.factories.townships import CountyFactory, OfficerFactory
from tests.faults.site import Site
from tests.platform.processes import eventually
from townships.roles import Role

pytestmark = pytest.mark.workers
LIST = [["序号", "事项名称", "主管部门"], ["1", "对甲的处罚", "水务局"]]
RUNNING = "SELECT count(*) FROM desk_job WHERE state = 'running'"


def test_an_import_whose_worker_is_killed_ends_as_failed_and_is_read_anew(
    site: Site, django_db_blocker
) -> None:
    CountyFactory()
    clerk, at = OfficerFactory(roles=[Role.CATALOG_ADMIN]), timezone.now()
    batch, _fresh = uploading.upload(
        power_list=list_for("NEW", title="新的清单", kind=ListKind.TOWNSHIP),
        data=workbook(LIST),
        file_name="清单.xlsx",
        actor=clerk,
        at=at,
        effective_on=timezone.localdate(),
    )
    job = jobs.ask_staging(batch=batch, mapping=batch.mapping, officer=clerk, at=at)
    # The list is held, so the worker is killed for certain while it works on it.
    with psycopg.connect(site.database_url) as holder:
        holder.execute("SELECT 1 FROM catalog_powerlist FOR UPDATE")
        worker = site.start_worker()
        assert eventually(lambda: site.count(RUNNING) == 1)
        site.kill_worker(worker)
    assert site.count(RUNNING) == 1
    job.refresh_from_db()
    assert end_abandoned(at=job.started_at) == 0
    late = timezone.now() + LONGEST
    assert [end_abandoned(at=late), end_abandoned(at=late)] == [1, 0]
    batch.refresh_from_db()
    assert batch.state == BatchState.MAPPING

    again = jobs.ask_staging(batch=batch, mapping=batch.mapping, officer=clerk, at=timezone.now())
    tasks.stage(batch.pk, again.pk, clerk.pk)
    batch.refresh_from_db()
    for each, state in ((job, JobState.FAILED), (again, JobState.DONE)):
        each.refresh_from_db()
        assert each.state == state
    assert batch.state == BatchState.STAGED
