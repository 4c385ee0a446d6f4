"""From lead to filing approval."""
