"""Somebody who types a page's commands into a terminal, in a copy of scripts/demo."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

from openpyxl import load_workbook

from tests.cli import forking
from tests.docs.blocks import ROOT

COLUMNS = "80"  # what a terminal that is no other has
_PROMPT = "q leave"  # `classify review` waits for a key
_SHELL = re.compile(r"[|<>;&$*~`]")


class Reader:
    """Types commands; `classify` alone runs in a process forked from one that has all imported, the rest in a shell."""

    def __init__(self, folder: Path) -> None:
        self.work, self._programs = folder / "demo", folder / "bin"
        shutil.copytree(ROOT / "scripts" / "demo", self.work)
        self._programs.mkdir()
        classify = self._programs / "classify"
        classify.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m classifier "$@"\n', encoding="utf-8")
        classify.chmod(0o755)
        self.environment = os.environ | {
            "CLASSIFIER_HOME": str(folder / "home"), "COLUMNS": COLUMNS, "TERM": "dumb", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8",
            "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip

    def types(self, command: str, keys: str = "") -> tuple[int, str]:
        """Run a command; return its exit code and what it shows."""
        words = shlex.split(command)
        if words[0] == "classify" and not _SHELL.search(re.sub(r'"[^"$`]*"', "", command)):
            return forking.run_on_terminal(words[1:], self.work, self.environment, keys, _PROMPT)
        ran = subprocess.run(
            ["bash", "-c", command], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=120, check=False,
        )  # fmt: skip
        return ran.returncode, ran.stdout.decode()

    def fills_in(self, name: str) -> None:
        """Answer each row of a sheet for labelling as a person would: mostly as suggested, with the first changed."""
        book = load_workbook(self.work / name)
        sheet = book.active
        headings = [cell.value for cell in sheet[1]]
        label, suggested = headings.index("label") + 1, headings.index("suggested") + 1
        for number in range(2, sheet.max_row + 1):
            sheet.cell(number, label, sheet.cell(number, suggested).value or "无")
        sheet.cell(2, label, "营商环境")
        book.save(self.work / name)
