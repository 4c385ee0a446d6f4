import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models

# Numbers are cheaper to sort than texts. Beyond the basic plane two pairs may share one: the index proposes,
# strpos decides.
PAIRS = """
CREATE FUNCTION pairs(t text) RETURNS integer[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT AS $$
    SELECT ARRAY(
        SELECT (ascii(unnest(string_to_array(left(t, -1), NULL))) << 16)
             # ascii(unnest(string_to_array(substr(t, 2), NULL)))
    )
$$
"""


class Migration(migrations.Migration):
    """Index pairs of characters as numbers; let what a publication appends wait for the job that sorts it in."""

    dependencies = [
        ("catalog", "0011_number_in_lists_with_a_last_day"),
    ]

    operations = [
        migrations.RunSQL(PAIRS, reverse_sql="DROP FUNCTION pairs(text)"),
        migrations.RemoveIndex(model_name="itemversion", name="itemversion_bigrams"),
        migrations.AddIndex(
            model_name="itemversion",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search_text"),
                    function="pairs",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.IntegerField()),
                ),
                name="itemversion_pairs",
                condition=models.Q(("recorded_to", None), ("status", "published")),
                fastupdate=True,
                gin_pending_list_limit=16384,
            ),
        ),
    ]
