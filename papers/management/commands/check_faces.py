"""Tell whether the faces of this site draw the characters that papers need."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from papers import fonts
from papers.rendering import missing_glyphs


class Command(BaseCommand):
    """Draw a text in every role; fail with the roles and characters that are missing."""

    help = "检查打印字体能否排出所给文字（默认检查生僻字、六角括号和货币符号）"

    def add_arguments(self, parser: CommandParser) -> None:
        """Take a text of the site's own, such as its place names."""
        parser.add_argument("text", nargs="?", default=fonts.TRIAL)

    def handle(self, *_args: Any, **options: Any) -> None:
        """Print the chain of each role and fail if any lacks a character."""
        for role, paths in fonts.chains().items():
            self.stdout.write(f"{role}: {', '.join(path.name for path in paths)}")
        if missing := missing_glyphs(options["text"]):
            raise CommandError("；".join(f"{role} 缺 {signs}" for role, signs in missing.items()))
