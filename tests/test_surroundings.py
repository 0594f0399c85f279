"""Tests come out the same wherever they are run."""

import os
import subprocess
import sys
from pathlib import Path

from tests.surroundings import held_still

ROOT = Path(__file__).parent.parent
UNLIKE = {
    "LANG": "zh_CN.GB18030", "LC_ALL": "zh_CN.GB18030", "LANGUAGE": "zh", "COLUMNS": "40", "TERM": "dumb", "NO_COLOR": "1",
    "FORCE_COLOR": "1", "MAKEFLAGS": "w", "MAKELEVEL": "1", "GIT_DIR": "/nowhere", "PYTHONIOENCODING": "ascii",
    "PYTHONWARNINGS": "error", "CLASSIFIER_HOME": "/nowhere", "GITHUB_ACTIONS": "true", "http_proxy": "http://127.0.0.1:9",
}  # fmt: skip
SOME = (
    "tests/cli/test_main.py", "tests/cli/test_help.py", "tests/cli/test_score.py::test_interrupted_by_hand",
    "tests/web/test_addresses.py::test_the_address_that_is_printed_works",
)  # fmt: skip
# as a shell without job control begins what it runs in the background: Ctrl-C is not heeded
DEAF = ("sh", "-c", 'trap "" INT; exec "$@"', "sh")


def test_what_is_set_elsewhere_is_taken_out() -> None:
    environment = {**UNLIKE, "PATH": "/bin", "PYTHONPATH": "a", "TZ": "Asia/Shanghai", "CI": "true"}
    held_still(environment)
    assert environment == {
        "PATH": "/bin", "PYTHONPATH": "a", "TZ": "Asia/Shanghai", "CI": "true", "LANG": "C.UTF-8",
    }  # fmt: skip


def test_commands_answer_the_same_in_other_surroundings(tmp_path: Path) -> None:
    """Messages in English, a server that is found in spite of a proxy, an interrupt that is heeded."""
    pytest = (
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:xdist",
        f"--basetemp={tmp_path}/t",
    )
    around = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")} | UNLIKE
    done = subprocess.run([*DEAF, *pytest, *SOME], cwd=ROOT, env=around, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
