"""What the database refuses about people, whoever writes."""

import pgtrigger


def never_auxiliary(condition: str = "") -> pgtrigger.Trigger:
    """Refuse a row that would give auxiliary staff an officer's standing (行政处罚法第四十二条)."""
    return pgtrigger.Trigger(
        name="never_auxiliary",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        condition=pgtrigger.Condition(condition) if condition else None,
        func="""
            IF EXISTS (SELECT 1 FROM townships_officer o WHERE o.id = NEW.officer_id AND o.is_auxiliary) THEN
                RAISE EXCEPTION 'auxiliary staff have no standing of an officer: %', NEW.officer_id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
            """,
    )


def stays_officer() -> pgtrigger.Trigger:
    """Refuse to make auxiliary staff of whoever holds a certificate or an acting role."""
    return pgtrigger.Trigger(
        name="stays_officer",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.Condition("NEW.is_auxiliary AND NOT OLD.is_auxiliary"),
        func="""
            IF EXISTS (SELECT 1 FROM townships_certificate c WHERE c.officer_id = NEW.id)
               OR EXISTS (SELECT 1 FROM townships_rolegrant r WHERE r.officer_id = NEW.id
                          AND r.role IN ('township_officer', 'team_leader', 'head', 'legal_reviewer')) THEN
                RAISE EXCEPTION 'an officer is not made auxiliary staff: %', NEW.id
                    USING ERRCODE = 'check_violation';
            END IF;
            RETURN NEW;
            """,
    )
