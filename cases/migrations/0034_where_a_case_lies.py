from django.db import migrations, models
from django.db.models.functions import Coalesce, NullIf

# Both columns at once: each would write the whole table anew.
ADD = """
    ALTER TABLE cases_case
    ADD COLUMN seat bigint GENERATED ALWAYS AS (COALESCE(handler_id, township_id)) STORED,
    ADD COLUMN principal bigint
        GENERATED ALWAYS AS (NULLIF(named_id, COALESCE(handler_id, township_id))) STORED
"""
REMOVE = "ALTER TABLE cases_case DROP COLUMN seat, DROP COLUMN principal"

# A case's bodies lie in its county; not knowing it, the planner takes the cases of a body in its county for a
# handful. Until the table is analysed it would know nothing of the new columns.
TELL = """
    DROP STATISTICS case_bodies_tell_the_county;
    CREATE STATISTICS case_bodies_tell_the_county (dependencies)
    ON county_id, township_id, seat, principal FROM cases_case;
    ANALYZE cases_case
"""
FORGET = """
    DROP STATISTICS case_bodies_tell_the_county;
    CREATE STATISTICS case_bodies_tell_the_county (dependencies)
    ON county_id, handler_id, named_id, township_id FROM cases_case
"""


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0033_search_by_pairs_as_numbers'),
    ]

    operations = [
        migrations.RemoveIndex(model_name='case', name='case_handler_queue'),
        migrations.RemoveIndex(model_name='case', name='case_handler_newest'),
        migrations.RemoveIndex(model_name='case', name='case_named_newest'),
        migrations.RemoveIndex(model_name='case', name='case_unrouted_newest'),
        migrations.RunSQL(
            ADD,
            REMOVE,
            state_operations=[
                migrations.AddField(
                    model_name='case',
                    name='seat',
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=Coalesce('handler', 'township'),
                        output_field=models.BigIntegerField(),
                    ),
                ),
                migrations.AddField(
                    model_name='case',
                    name='principal',
                    field=models.GeneratedField(
                        db_persist=True,
                        expression=NullIf('named', Coalesce('handler', 'township')),
                        output_field=models.BigIntegerField(null=True),
                    ),
                ),
            ],
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(is_open=True),
                fields=['county_id', 'seat', 'next_due_on', 'id'],
                name='case_seat_queue',
            ),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(fields=['county_id', 'seat', '-id'], name='case_seat_newest'),
        ),
        migrations.AddIndex(
            model_name='case',
            index=models.Index(
                condition=models.Q(principal__isnull=False),
                fields=['county_id', 'principal', '-id'],
                name='case_principal_newest',
            ),
        ),
        migrations.RunSQL(TELL, FORGET),
    ]
