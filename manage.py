#!/usr/bin/env python
"""The command line of the system; finds the embedded database running or starts it."""

import os
import sys

from django.core.management import execute_from_command_line

from enforcement.local import services

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "enforcement.settings.base")
    services.export()
    execute_from_command_line(sys.argv)
