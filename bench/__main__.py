"""`python -m bench --scale 100k`: start servers for it, fill a site of that scale and measure it."""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.scales import SCALES
from enforcement.local import services

RESULTS = services.default_var() / "bench"


def main() -> int:
    """Read the command line, then measure in a process that knows the servers from its start."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--scale", choices=sorted(SCALES), default="100k")
    parser.add_argument("--json", action="store_true", help="print the JSON object only")
    parser.add_argument("--keep", action="store_true", help="keep the filled database for the next run")
    parser.add_argument("--only", default="", help="measure only lines whose key begins so")
    parser.add_argument("--results", type=Path, default=RESULTS, help="where results and kept databases lie")
    options = parser.parse_args()
    results = options.results.resolve()
    results.mkdir(parents=True, exist_ok=True)
    kept = results / f"data-{options.scale}"
    folder = kept if options.keep else Path(tempfile.mkdtemp(prefix="bench-"))
    (folder / "static").mkdir(parents=True, exist_ok=True)
    environment = {
        **os.environ,
        **services.ensure(folder),
        "DJANGO_SETTINGS_MODULE": "bench.settings",
        "VAR_DIR": str(services.default_var()),
        "MEDIA_ROOT": str(folder / "media"),
        "STATIC_ROOT": str(folder / "static"),
    }
    command = [sys.executable, "-m", "django", "measure", options.scale, str(results)]
    command += ["--json"] * options.json + (["--only", options.only] if options.only else [])
    try:
        return subprocess.run(command, cwd=services.ROOT, env=environment, check=False).returncode
    finally:
        services.release(folder)
        if not options.keep:
            shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
