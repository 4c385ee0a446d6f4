"""A machine without Pango: the site starts and works, only printing waits."""

import subprocess
import sys

from tests.platform.processes import ROOT, bare_environment

# Stands in for a machine whose loader finds none of the libraries, before anything of ours is loaded.
SETTINGS = {"DJANGO_SETTINGS_MODULE": "enforcement.settings.test"}
WITHOUT = """
import cffi

def dlopen(self, name, flags=0):
    raise OSError(f"cannot load library {name}")

cffi.FFI.dlopen = dlopen
"""
PROGRAM = """
import django
django.setup()
from django.core.management import call_command
call_command("check")
from law.errors import RuleViolation
from papers.rendering import lay_out
try:
    lay_out("<p>x</p>")
except RuleViolation as refusal:
    print(refusal.code, refusal.unblock)
"""


def test_the_site_loads_without_pango_and_printing_names_the_packages_to_install(tmp_path):
    (tmp_path / "sitecustomize.py").write_text(WITHOUT, encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        cwd=ROOT,
        env=bare_environment(VAR_DIR=str(tmp_path), PYTHONPATH=str(tmp_path), **SETTINGS),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "printing_unavailable" in done.stdout
    assert "apt install libpango-1.0-0" in done.stdout
