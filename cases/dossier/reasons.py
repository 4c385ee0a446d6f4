"""An act that needs its reason on file."""

from law import gates


def require_reason(text: str, field: str = "reason") -> None:
    """Refuse to act without saying why (行政处罚法第四十七条)."""
    if not text.strip():
        raise gates.violation(
            "full_process_record", detail="须写明理由。", detail_en="give the reasons", field=field
        )
