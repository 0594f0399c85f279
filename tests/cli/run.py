"""Run a command in this process: quicker than a process of its own, by the same main()."""

import os
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from classifier.cli.main import main
from classifier.i18n.language import ask_for


@dataclass(frozen=True)
class Ran:
    code: int
    out: str
    err: str


def run(capsys: pytest.CaptureFixture[str], *args: str, cwd: Path | None = None) -> Ran:
    capsys.readouterr()
    before, argv = Path.cwd(), sys.argv
    sys.argv = ["classify", *map(str, args)]
    try:
        if cwd is not None:
            os.chdir(cwd)
        main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
    finally:
        os.chdir(before)
        sys.argv = argv
        ask_for(None)  # --language of one command says nothing of the tests behind it
    captured = capsys.readouterr()
    return Ran(code, captured.out, captured.err)
