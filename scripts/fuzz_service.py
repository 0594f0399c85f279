"""Send the server what its description allows and what it does not, and look for answers it should not give.

    python scripts/fuzz_service.py [EXAMPLES]

Starts `classify serve` with labels and models of its own in a temporary folder and runs schemathesis on /openapi.json:
no answer of 500 and above, every answer as described, errors as problem+json.
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance"
LEFT_OUT = "^/api/(training|score)"  # would train; lines of its own kind, which tests/web/test_service.py covers


def main() -> int:
    """Fuzz; return the exit code of schemathesis."""
    examples = sys.argv[1] if len(sys.argv) > 1 else "200"
    tools = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as work:
        environment = {**os.environ, "CLASSIFIER_HOME": f"{work}/home"}
        serve = [str(tools / "classify"), "serve", "--port", "0"]
        with subprocess.Popen(serve, env=environment, cwd=work, stderr=subprocess.PIPE, text=True) as server:
            try:
                address = next(line.split()[1] for line in iter(server.stderr.readline, "") if "http://" in line)  # type: ignore[union-attr]
                command = [str(tools / "schemathesis"), "run", f"{address}openapi.json", "--checks", CHECKS]
                command += ["--max-examples", examples, "--exclude-path-regex", LEFT_OUT]
                command += ["--phases", "examples,coverage,fuzzing"]
                command += ["--suppress-health-check", "all", "--no-color"]
                code = subprocess.run(command, check=False, cwd=work).returncode
                print(f"the server still runs: {server.poll() is None}")
                return code or int(server.poll() is not None)
            finally:
                server.terminate()


if __name__ == "__main__":
    sys.exit(main())
