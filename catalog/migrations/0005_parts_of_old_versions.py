"""Give versions published before their parts were kept apart the situations and citations they state."""

from django.db import migrations

SITUATIONS = """
INSERT INTO catalog_itemviolation (county_id, version_id, "order", text)
SELECT v.county_id, v.id, part.place, part.text
FROM catalog_itemversion v,
     unnest(string_to_array(COALESCE(NULLIF(v.violation, ''), v.name), '；')) WITH ORDINALITY AS part(text, place)
WHERE part.text <> ''
"""
PROVISIONS = """
INSERT INTO catalog_provision (county_id, statute_id, article)
SELECT DISTINCT v.county_id, v.statute_id, left(stated.article, 200)
FROM catalog_itemversion v, unnest(ARRAY[v.obligation_article, v.penalty_article]) AS stated(article)
WHERE v.statute_id IS NOT NULL AND stated.article <> ''
ON CONFLICT DO NOTHING
"""
CITATIONS = """
INSERT INTO catalog_itemprovision (county_id, version_id, provision_id, role)
SELECT v.county_id, v.id, p.id, stated.role
FROM catalog_itemversion v,
     unnest(ARRAY[v.obligation_article, v.penalty_article],
            ARRAY['obligation', CASE v.power_type WHEN 'coercion' THEN 'coercion'
                  WHEN 'inspection' THEN 'inspection' ELSE 'penalty' END]) AS stated(article, role),
     catalog_provision p
WHERE p.statute_id = v.statute_id AND p.article = left(stated.article, 200)
ON CONFLICT DO NOTHING
"""
TRIGGERS = "ALTER TABLE catalog_{table} {how} TRIGGER USER"


def fill(apps, schema_editor):
    """Write them with the triggers off, which forbid parts of a published version."""
    run = schema_editor.execute
    for table, statements in (("itemviolation", [SITUATIONS]), ("itemprovision", [PROVISIONS, CITATIONS])):
        run(TRIGGERS.format(table=table, how="DISABLE"))
        for statement in statements:
            run(statement)
        # Deferred checks stand in the way of the next change of the table.
        run("SET CONSTRAINTS ALL IMMEDIATE")
        run(TRIGGERS.format(table=table, how="ENABLE"))


class Migration(migrations.Migration):

    dependencies = [
        ("catalog", "0004_laws_adjustments_and_memberships"),
    ]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
