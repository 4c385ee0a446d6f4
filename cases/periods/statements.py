"""The statements of the recomputation; each touches only the rows that differ."""

WRITTEN = """
    CREATE TEMP TABLE clock_written
        (id bigint PRIMARY KEY, due_on date, due_at timestamptz, provisional boolean, derivation jsonb)
    ON COMMIT DROP
"""
FILL_WRITTEN = "COPY clock_written FROM STDIN"
# A date that moved is warned of anew.
UPDATE_CLOCKS = """
    UPDATE cases_clock clock
    SET due_on = w.due_on, due_at = w.due_at, provisional = w.provisional, derivation = w.derivation,
        warned_level = CASE WHEN clock.due_on IS DISTINCT FROM w.due_on THEN '' ELSE clock.warned_level END
    FROM clock_written w WHERE clock.id = w.id
"""
UPDATE_CASES = """
    UPDATE cases_case on_case SET next_due_on = first.due_on, next_clock = first.clock_id
    FROM (SELECT DISTINCT ON (moved.id) moved.id, clock.due_on, COALESCE(clock.clock_id, '') AS clock_id
          FROM unnest(%(cases)s::bigint[]) AS moved(id)
          LEFT JOIN cases_clock clock ON clock.case_id = moved.id AND clock.state = 'running'
              AND clock.due_on IS NOT NULL AND clock.kind <> ALL(%(party)s)
          ORDER BY moved.id, clock.due_on, clock.id) first
    WHERE on_case.id = first.id
      AND (on_case.next_due_on, on_case.next_clock) IS DISTINCT FROM (first.due_on, first.clock_id)
"""
