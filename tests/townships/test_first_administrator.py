"""The first administrator of a new site is appointed from the command line."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from desk import clock
from townships.models import Officer

pytestmark = pytest.mark.django_db


def test_the_first_administrator_receives_a_password_that_must_be_changed():
    out = StringIO()
    call_command("appoint_administrator", "root1", "首任管理员", stdout=out)
    username, password = out.getvalue().strip().split("\t")
    officer = Officer.objects.get(username=username)
    assert officer.check_password(password)
    assert officer.must_change_password
    assert officer.may("user.manage", clock.today())


def test_a_taken_account_name_ends_the_command_with_an_error():
    call_command("appoint_administrator", "root1", "首任管理员", stdout=StringIO())
    with pytest.raises(CommandError, match="已被使用"):
        call_command("appoint_administrator", "root1", "另一人", stdout=StringIO())
    assert Officer.objects.count() == 1
