"""What was told wrongly with an upload: told anew with the same file, or the file is given up."""

from datetime import UTC, date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from audit.models import Event
from catalog import jobs, uploading
from catalog.models import BatchState, ImportBatch, ItemVersion
from desk.models import Job
from law.errors import RuleViolation
from tests.catalog.workbooks import workbook
from tests.factories.townships import CountyFactory, OfficerFactory
from townships.models import RoleGrant
from townships.roles import Role

pytestmark = pytest.mark.django_db
DATA = workbook(
    [["序号", "事项名称", "主管部门"], ["1", "对甲的处罚", "水务局"], ["2", "对乙的处罚", "水务局"]]
)
TOLD = {"code": "NEW", "name": "新的清单", "kind": "township", "effective_on": "2026-01-01"}


@pytest.fixture
def admins():
    CountyFactory()
    return OfficerFactory.create_batch(2, roles=[Role.CATALOG_ADMIN])


def upload(client, **values):
    file = SimpleUploadedFile("清单.xlsx", DATA)
    answer = client.post(reverse("import_new"), {"file": file, **TOLD, **values}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def read(client, batch):
    """Send the columns as the page proposes them."""
    columns = reverse("import_columns", args=[batch.pk])
    sheet = client.get(columns).context["sheets"][0]
    chosen = {f"col-0-{column.index}": column.field for column in sheet.columns}
    return client.post(columns, {"use-0": "1", "header-0": sheet.header_row + 1, **chosen, "act": "read"})


def publish(client, batch):
    return client.post(reverse("import", args=[batch.pk]), {"act": "publish", "effective_on": "2026-01-01"})


def test_a_count_told_wrongly_is_told_anew_with_the_same_file(client, admins):
    client.force_login(admins[0])
    upload(client, expected_count="9")
    batch = ImportBatch.objects.get()
    assert read(client, batch).status_code == 409
    assert "已经上传过" not in upload(client, expected_count="2")
    assert read(client, batch).status_code == 302
    batch.refresh_from_db()
    assert (batch.state, batch.expected_count) == (BatchState.STAGED, 2)

    assert "已经上传过" in upload(client, expected_count="2")
    upload(client, expected_count="2", complete="on")
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.complete) == (BatchState.MAPPING, True)


def test_what_one_person_told_is_not_changed_by_another(client, admins):
    client.force_login(admins[0])
    upload(client, expected_count="2")
    client.force_login(admins[1])
    assert "已经上传过" in upload(client, expected_count="3", complete="on")
    batch = ImportBatch.objects.get()
    assert (batch.expected_count, batch.complete, batch.uploaded_by_id) == (2, False, admins[0].pk)


def test_a_file_that_cannot_be_read_is_given_up_where_its_columns_are_checked(client, admins):
    client.force_login(admins[0])
    upload(client)
    batch = ImportBatch.objects.get()
    shown = client.get(reverse("import_columns", args=[batch.pk])).content.decode()
    assert f'action="{reverse("import", args=[batch.pk])}"' in shown
    client.post(reverse("import", args=[batch.pk]), {"act": "discard"})
    batch.refresh_from_db()
    assert batch.state == BatchState.DISCARDED


def test_nobody_publishes_a_list_whose_columns_they_mapped(client, admins):
    client.force_login(admins[0])
    upload(client)
    batch = ImportBatch.objects.get()
    read(client, batch)
    client.force_login(admins[1])
    assert "重新核对列" not in client.get(reverse("import", args=[batch.pk])).content.decode()
    columns = reverse("import_columns", args=[batch.pk])
    assert "列已核对" not in client.get(columns).content.decode()
    before = ImportBatch.objects.values().get()
    for act in ("read", "reread"):
        refused = client.post(columns, {"act": act, "use-0": "1", "header-0": "1", "col-0-1": "name"})
        assert refused.status_code == 409
        assert "列由上传的人核对" in refused.content.decode()
    assert (
        client.put(
            reverse("api-import-columns", args=[batch.pk]), before["mapping"], content_type="application/json"
        ).json()["code"]
        == "columns_of_another"
    )
    assert ImportBatch.objects.values().get() == before
    assert publish(client, batch).status_code == 302


def test_an_uploader_whose_role_has_ended_proposes_no_columns(client, admins):
    client.force_login(admins[0])
    upload(client)
    RoleGrant.objects.filter(officer=admins[0]).update(valid_to=date(2026, 3, 1))
    before, told = ImportBatch.objects.values().get(), Event.objects.count()
    late = datetime(2026, 3, 2, 1, tzinfo=UTC)
    batch = ImportBatch.objects.get()
    with pytest.raises(RuleViolation) as refused:
        uploading.propose_columns(batch=batch, mapping={"sheets": []}, actor=admins[0], at=late)
    assert refused.value.code == "no_permission"
    with pytest.raises(RuleViolation) as refused:
        jobs.ask_staging(batch=batch, mapping={"sheets": []}, officer=admins[0], at=late)
    assert refused.value.code == "no_permission"
    assert ImportBatch.objects.values().get() == before
    assert (Event.objects.count(), Job.objects.count()) == (told, 0)

    in_time = datetime(2026, 3, 1, 1, tzinfo=UTC)
    uploading.propose_columns(batch=batch, mapping={"sheets": []}, actor=admins[0], at=in_time)
    assert ImportBatch.objects.get().mapping == {"sheets": []}


def test_whoever_checks_the_columns_of_a_list_of_the_system_answers_for_it(client, admins):
    client.force_login(admins[0])
    upload(client)
    ImportBatch.objects.update(uploaded_by_id=None, uploaded_by_name="")
    batch = ImportBatch.objects.get()
    assert read(client, batch).status_code == 302
    assert publish(client, batch).status_code == 409
    client.force_login(admins[1])
    assert publish(client, batch).status_code == 302


def test_a_published_file_is_not_known_again_where_another_count_is_announced(client, admins):
    client.force_login(admins[0])
    upload(client)
    batch = ImportBatch.objects.get()
    read(client, batch)
    client.force_login(admins[1])
    assert publish(client, batch).status_code == 302
    client.force_login(admins[0])
    assert "已经导入过" in upload(client)
    upload(client, expected_count="3")
    told = ImportBatch.objects.latest("pk")
    assert told != batch
    assert "公布的项数为 3" in read(client, told).content.decode()
    assert ItemVersion.objects.count() == 2
