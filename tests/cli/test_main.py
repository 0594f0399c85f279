"""The command's other door."""

import subprocess
import sys
from pathlib import Path

from classifier import __version__

ROOT = Path(__file__).parents[2]


def test_the_package_runs_as_the_command_does() -> None:
    """`python -m classifier` is `classify`: a script's folder need not be on the path."""
    command = [sys.executable, "-m", "classifier", "--version"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout, result.stderr) == (0, f"classify {__version__}\n", "")


def test_an_error_is_one_line_there_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "classifier", "models", "show", "no-such-version"]
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert result.stderr.startswith("classify: no model 'no-such-version'")
    assert result.stderr.count("\n") == 1
