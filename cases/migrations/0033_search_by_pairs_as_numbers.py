import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

BIGRAMS = """
CREATE FUNCTION bigrams(t text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT COALESCE(array_agg(a || b) FILTER (WHERE b IS NOT NULL), '{}')
    FROM unnest(string_to_array(t, NULL), string_to_array(substr(t, 2), NULL)) AS pair(a, b)
$$
"""


class Migration(migrations.Migration):
    """Index the pairs of cases as numbers too; nobody asks for pairs of texts any more."""

    dependencies = [
        ("cases", "0032_outcomes_of_reconsideration_and_suit"),
        ("catalog", "0012_pairs_as_numbers"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_bigrams"),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search_text"),
                    function="pairs",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField()),
                ),
                name="case_pairs",
            ),
        ),
        migrations.RunSQL("DROP FUNCTION bigrams(text)", reverse_sql=BIGRAMS),
    ]
