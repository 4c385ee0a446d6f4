"""List the gates: article, message, way out, where enforced, what proves it."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from enforcement.gate_register import listing


class Command(BaseCommand):
    """Print the register of gates, a line each or as JSON."""

    help = "List the legal gates with where they are enforced and which tests prove them."

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer JSON."""
        parser.add_argument("--json", action="store_true", help="print one JSON list")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print."""
        rows = listing()
        if options["json"]:
            self.stdout.write(json.dumps(rows, ensure_ascii=False, indent=2))
            return
        for row in rows:
            where = ", ".join(row["enforced_in"]) or (
                f"pending: {row['pending_stage']}" if row["pending_stage"] else "-"
            )
            self.stdout.write(f"{row['id']}  [{row['severity']}]  {row['article']}  {where}")
