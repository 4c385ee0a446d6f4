"""Jobs: how far they are, told once when they end, shown to their owner alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from desk import clock, jobs
from desk.models import Job, JobState, Notice
from tests.factories.townships import OfficerFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def job():
    return jobs.start(kind="print", title="打印案卷", owner=OfficerFactory(), at=clock.now())


def test_a_job_runs_tells_how_far_it_is_and_ends_with_one_notice(job):
    at = clock.now()
    assert jobs.begin(job.pk, at=at, total=4)
    jobs.progress(job.pk, done=1, message="逐份排版")
    job.refresh_from_db()
    assert job.percent == 25
    assert jobs.seconds_left(job, at=at + timedelta(seconds=10)) == 30
    jobs.finish(job.pk, at=at, result_url="/file/")
    jobs.finish(job.pk, at=at, result_url="/other/")
    job.refresh_from_db()
    assert (job.state, job.result_url, job.percent) == (JobState.DONE, "/file/", 100)
    assert Notice.objects.get().link == "/file/"


def test_a_job_that_failed_cannot_finish_later(job):
    jobs.fail(job.pk, at=clock.now(), message="缺少文书")
    jobs.finish(job.pk, at=clock.now())
    assert not jobs.begin(job.pk, at=clock.now(), total=1)
    job.refresh_from_db()
    assert job.state == JobState.FAILED
    assert Notice.objects.count() == 1


def test_the_database_refuses_more_done_than_there_is(job):
    jobs.begin(job.pk, at=clock.now(), total=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        jobs.progress(job.pk, done=3)
    assert Job.objects.get().done == 0


def test_the_part_that_htmx_fetches_asks_again_until_the_end(client, job):
    client.force_login(job.owner)
    address = reverse("desk:job", args=[job.pk])
    running = client.get(address, headers={"HX-Request": "true"}).content.decode()
    jobs.finish(job.pk, at=clock.now(), result_url="/file/")
    over = client.get(address, headers={"HX-Request": "true"}).content.decode()
    assert f'hx-get="{address}"' in running
    assert "<html" not in running
    assert "hx-get" not in over
    assert 'href="/file/"' in over


def test_jobs_without_a_worker_end_once_with_one_notice_each(django_assert_num_queries):
    at = clock.now()
    owner = OfficerFactory()
    fallen, handed_on, waiting, fresh = (
        jobs.start(kind="print", title=f"任务{n}", owner=owner, at=at, asked_at="/file/") for n in range(4)
    )
    late = at + jobs.UNTAKEN + timedelta(seconds=1)
    Job.objects.filter(pk=fresh.pk).update(created_at=late)
    for job in (fallen, handed_on):
        jobs.begin(job.pk, at=at, total=1)
    # A worker fell, another took its job up: it still runs since it was first begun.
    jobs.begin(handed_on.pk, at=late, total=1)
    # Two marks of the transaction, the jobs, their end, their notices.
    with django_assert_num_queries(5):
        assert jobs.end_abandoned(at=late) == 3
    assert jobs.end_abandoned(at=late) == 0
    told = dict(Job.objects.values_list("pk", "message"))
    assert all("中途停止" in told[job.pk] for job in (fallen, handed_on))
    assert "没有接手" in told[waiting.pk]
    assert list(Job.objects.filter(state=JobState.WAITING)) == [fresh]
    assert set(Job.objects.filter(state=JobState.FAILED).values_list("finished_at", "result_url")) == {
        (late, "/file/")
    }
    assert Notice.objects.filter(recipient=owner).count() == 3


def test_a_job_at_work_is_left_alone_until_no_worker_can_still_hold_it(job):
    at = clock.now()
    jobs.begin(job.pk, at=at, total=1)
    assert jobs.end_abandoned(at=at + jobs.LONGEST) == 0
    jobs.finish(job.pk, at=at)
    assert jobs.end_abandoned(at=at + 2 * jobs.LONGEST) == 0
    job.refresh_from_db()
    assert job.state == JobState.DONE


def test_another_officer_does_not_find_the_job(client, job):
    client.force_login(OfficerFactory())
    assert client.get(reverse("desk:job", args=[job.pk])).status_code == 404
