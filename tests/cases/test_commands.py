"""The commands outsiders rely on: they say what they did, and exit with an error when they could not."""

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from audit.models import Event
from tests.cases.standing import standing_at

laid = standing_at("propose-filing")


def told(capsys: pytest.CaptureFixture[str], *command: str) -> str:
    call_command(*command)
    return capsys.readouterr().out


def test_the_trail_of_a_case_is_verified_by_its_lead_number(standing, capsys):
    case = standing.case()
    events = Event.objects.filter(chain=f"case:{case.pk}").count()
    assert told(capsys, "verify_trail", "--case", case.lead_number) == f"{events} events: every chain fits\n"
    assert told(capsys, "verify_trail", "--case", str(case.pk)) == f"{events} events: every chain fits\n"


def test_the_first_broken_event_is_named(standing):
    """F219: a row changed in SQL is found by the check, which names it."""
    event = Event.objects.filter(chain=f"case:{standing.case().pk}").order_by("seq")[1]
    with connection.cursor() as cursor:
        # Whoever owns the server can do this; the chain is there to show it.
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute("UPDATE audit_event SET payload = '{}' WHERE id = %s", [event.pk])
        cursor.execute("SET LOCAL session_replication_role = origin")
    with pytest.raises(CommandError, match=f"broken: chain {event.chain}, event 2 "):
        call_command("verify_trail")


@pytest.mark.parametrize("name", ["999999", "青禾综执罚案〔2026〕999号", "9" * 40, ""])
@pytest.mark.parametrize("command", [("verify_trail", "--case"), ("print_case", "-o", "/dev/null")])
def test_a_case_that_is_not_there_is_an_error_not_a_silence(standing, command, name):
    with pytest.raises(CommandError, match=f"There is no case {name}"):
        call_command(*command, name)


def test_a_file_that_cannot_be_written_is_told(standing, tmp_path):
    with pytest.raises(CommandError, match="No such file or directory"):
        call_command("print_case", str(standing.case().pk), "-o", str(tmp_path / "nowhere" / "file.pdf"))
