import django.contrib.postgres.fields
import django.contrib.postgres.indexes
from django.db import migrations, models
from django.db.models.functions import Cast, Coalesce, Concat, Replace, Upper


class Migration(migrations.Migration):
    """Search what was told in every stage, in capitals and without the dot of plates; one index serves all."""

    dependencies = [
        ("cases", "0014_report_calculation"),
    ]

    operations = [
        migrations.RemoveIndex(model_name="case", name="case_told_bigrams"),
        migrations.RemoveIndex(model_name="case", name="case_bigrams"),
        migrations.RemoveField(model_name="case", name="search_text"),
        migrations.AddField(
            model_name="case",
            name="search_text",
            field=models.GeneratedField(
                expression=Upper(
                    Replace(
                        Concat(
                            Coalesce(models.F("number"), models.Value("")),
                            models.Value(" "),
                            "lead_number",
                            models.Value(" "),
                            "party_name",
                            models.Value(" "),
                            "cause",
                            models.Value(" "),
                            "address",
                            models.Value(" "),
                            Cast("summary", models.CharField()),
                        ),
                        models.Value("·"),
                        models.Value(""),
                    )
                ),
                output_field=models.TextField(),
                db_persist=True,
            ),
        ),
        migrations.AddIndex(
            model_name="case",
            index=django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    models.F("search_text"),
                    function="bigrams",
                    output_field=django.contrib.postgres.fields.ArrayField(base_field=models.TextField()),
                ),
                name="case_bigrams",
            ),
        ),
    ]
