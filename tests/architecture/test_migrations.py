"""Migrations: complete, reversible, and every table knows its county."""

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader


@pytest.mark.django_db
def test_the_models_have_no_change_without_a_migration(capsys):
    call_command("makemigrations", check=True, dry_run=True)
    assert "No changes" in capsys.readouterr().out


@pytest.mark.django_db
def test_every_table_of_ours_carries_the_county():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT table_name FROM information_schema.columns WHERE column_name = 'county_id'"
            " AND table_schema = 'public'"
        )
        scoped = {name for (name,) in cursor.fetchall()}
    ours = {
        model._meta.db_table
        for config in apps.get_app_configs()
        if config.name in settings.FIRST_PARTY_APPS
        for model in config.get_models()
    }
    assert len(ours) > 30
    assert ours - scoped == set()


def test_every_step_of_our_migrations_can_be_undone():
    steps = [
        (f"{label}.{name}", step)
        for (label, name), migration in MigrationLoader(None).disk_migrations.items()
        if label in settings.FIRST_PARTY_APPS
        for step in migration.operations
    ]
    assert len(steps) > 30
    assert [f"{where}: {step.describe()}" for where, step in steps if not step.reversible] == []
