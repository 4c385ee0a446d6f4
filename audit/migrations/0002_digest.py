"""The digest of an event: one function that the chain trigger and the chain check both call."""

from django.db import migrations

DIGEST = """
CREATE FUNCTION audit_event_digest(e audit_event) RETURNS bytea LANGUAGE sql STABLE AS $$
    SELECT sha256(e.prev_hash || convert_to(concat_ws(E'\\x1f',
        e.county_id, e.chain, e.seq, e.verb, e.target_type, e.target_id, e.payload::text,
        e.actor_id, e.actor_name, e.address, e.request_id,
        to_char(e.occurred_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US')
    ), 'UTF8'))
$$;
"""


class Migration(migrations.Migration):
    """Create the digest."""

    dependencies = [("audit", "0001_initial")]

    operations = [migrations.RunSQL(DIGEST, "DROP FUNCTION audit_event_digest(audit_event)")]
