"""Let the first line of what the search looks through follow a break, as the others do."""

from django.db import migrations

BREAK = """
UPDATE catalog_itemversion SET search_text = E'\\n' || search_text
WHERE search_text <> '' AND search_text NOT LIKE E'\\n%'
"""


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0006_item_notices"),
    ]

    operations = [migrations.RunSQL(BREAK, reverse_sql=migrations.RunSQL.noop)]
