"""Make this machine ready: Debian packages, fonts, front-end files, translations."""

import argparse
import sys

from enforcement.local import assets, debian, fonts, messages, services


def prepare(*, testing: bool) -> None:
    """Install what is missing; a second call finds all in place and is quick."""
    var = services.default_var()
    debian.install(debian.PRINTING + (debian.TESTING if testing else ()))
    fonts.install(var / "fonts")
    assets.install(var, testing=testing)
    messages.compile_all(services.ROOT / "locale")


def main() -> int:
    """Read the command line and prepare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--testing", action="store_true", help="what the tests need as well")
    prepare(testing=parser.parse_args().testing)
    return 0


if __name__ == "__main__":
    sys.exit(main())
