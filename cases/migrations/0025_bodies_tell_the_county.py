from django.db import migrations

# A case's bodies lie in its county. Not knowing it, the planner takes the cases of a body in its county for a
# handful, collects them all and sorts them, where a walk of fifty rows would do.
CREATE = """
    CREATE STATISTICS case_bodies_tell_the_county (dependencies)
    ON county_id, handler_id, named_id, township_id FROM cases_case
"""
DROP = "DROP STATISTICS case_bodies_tell_the_county"


class Migration(migrations.Migration):

    dependencies = [
        ('cases', '0024_performances_of_a_decision'),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]
