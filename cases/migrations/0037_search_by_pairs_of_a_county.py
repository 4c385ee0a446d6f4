import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# The county stands in the upper half, so that each county has lists of its own. Beyond the basic plane two
# pairs may share a number: the index proposes, LIKE decides.
PAIRS = """
CREATE FUNCTION pairs(county integer, t text) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT ARRAY(
        SELECT county * 4294967296
             + ((ascii(unnest(string_to_array(left(t, -1), NULL))) << 16)
              # ascii(unnest(string_to_array(substr(t, 2), NULL))))
    )
$$
"""


class Migration(migrations.Migration):
    """Index the pairs of each county's cases apart, and bound what waits to be sorted in."""

    dependencies = [
        ("cases", "0036_clocks_of_a_county_by_their_day"),
    ]

    operations = [
        migrations.RunSQL(PAIRS, reverse_sql="DROP FUNCTION pairs(integer, text)"),
        migrations.RemoveIndex(model_name="case", name="case_pairs"),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("county_id"),
                    models.F("search_text"),
                    function="pairs",
                    output_field=django.contrib.postgres.fields.ArrayField(
                        base_field=models.BigIntegerField()
                    ),
                ),
                name="case_county_pairs",
                fastupdate=True,
                gin_pending_list_limit=256,
            ),
        ),
    ]
