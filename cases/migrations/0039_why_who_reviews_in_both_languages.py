from django.db import migrations, models

# What was said in Chinese alone stays as it was written.
KEPT = (("cases_legalreview", "assigned_because"), ("cases_reviewassignment", "because"))


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0038_archive_numbers'),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(
                    f"ALTER TABLE {table} ALTER COLUMN {column} TYPE jsonb USING to_jsonb({column})",
                    f"ALTER TABLE {table} ALTER COLUMN {column} TYPE varchar(300)"
                    f" USING left(coalesce({column} ->> 'zh', {column} #>> '{{}}'), 300)",
                )
                for table, column in KEPT
            ],
            state_operations=[
                migrations.AlterField(
                    model_name='legalreview',
                    name='assigned_because',
                    field=models.JSONField(verbose_name='由谁审核的说明'),
                ),
                migrations.AlterField(
                    model_name='reviewassignment',
                    name='because',
                    field=models.JSONField(verbose_name='由谁审核的说明'),
                ),
            ],
        ),
    ]
