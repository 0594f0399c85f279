"""Send the server what its description allows and what it does not, and look for answers it should not give.

    python scripts/fuzz_service.py [SECONDS]

Starts `classify serve` with labels and models of its own in a temporary folder and runs schemathesis on /openapi.json,
with scripts/fuzz_hooks.py: no answer of 500 and above, every answer as described, errors as problem+json. The labels
are few, so that the trainings that are started and stopped in between take seconds.
"""

import os
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

from serving import served
from small_workspace import small_workspace

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"


def main() -> int:
    """Fuzz; return the exit code of schemathesis."""
    seconds = sys.argv[1] if len(sys.argv) > 1 else "60"
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        small_workspace(work)
        with served(work) as address:
            code = fuzzed(address, seconds, work)
            runs = running(address)
            print(f"the server still runs: {runs}")
            return code or int(not runs)


def fuzzed(address: str, seconds: str, work: Path) -> int:
    """Run schemathesis; return its exit code."""
    schemathesis = str(Path(sys.executable).with_name("schemathesis"))
    command = [schemathesis, "run", f"{address}openapi.json", "--checks", CHECKS, "--max-time", seconds]
    command += ["--phases", "examples,coverage,fuzzing", "--request-timeout", "60"]
    command += ["--suppress-health-check", "all", "--continue-on-failure", "--no-color"]
    hooks = {"SCHEMATHESIS_HOOKS": "fuzz_hooks", "FUZZED": address.rstrip("/")}
    found = os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]))
    return subprocess.run(command, check=False, cwd=work, env={**os.environ, **hooks, "PYTHONPATH": found}).returncode


def running(address: str) -> bool:
    """Tell whether a server answers."""
    try:
        with urllib.request.urlopen(f"{address}health", timeout=60) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except OSError:
        return False


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    sys.exit(main())
