"""Somebody who types a page's commands into a terminal, in a copy of scripts/demo."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from copy import copy
from pathlib import Path

from openpyxl import load_workbook

from tests.cli import forking
from tests.docs.blocks import ROOT

COLUMNS = "80"  # what a terminal that is no other has
_PROMPTS = ("q leave", "q 退出")  # `classify review` waits for a key
_HEADINGS = (("checked", "project recruitment", "work style", "yes"), ("已核对", "项目招引", "作风建设", "是"))
_SHELL = re.compile(r"[|<>;&$*~`]")


class Reader:
    """Types commands; `classify` alone runs in a process forked from one that has all imported, the rest in a shell."""

    def __init__(self, folder: Path, *, chinese: bool = False) -> None:
        language = "zh_CN.UTF-8" if chinese else "C.UTF-8"
        self._chinese = chinese
        self.work, self._programs = folder / "demo", folder / "bin"
        shutil.copytree(ROOT / "scripts" / "demo", self.work)
        self._programs.mkdir()
        classify = self._programs / "classify"
        classify.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m classifier "$@"\n', encoding="utf-8")
        classify.chmod(0o755)
        ours = {name: value for name, value in os.environ.items() if name not in {"LANGUAGE", "LC_ALL", "LC_MESSAGES"}}
        self.environment = ours | {
            "CLASSIFIER_HOME": str(folder / "home"), "COLUMNS": COLUMNS, "TERM": "dumb", "LANG": language,
            "PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8", "PATH": f"{self._programs}{os.pathsep}{os.environ['PATH']}",
        }  # fmt: skip

    def apart(self) -> "Reader":
        """Return who goes on from here in a home of their own: a model that is trained there is not in use here."""
        other, home = copy(self), Path(self.environment["CLASSIFIER_HOME"])
        if home.is_dir():
            shutil.copytree(home, home.with_name("home apart"))
        other.environment = self.environment | {"CLASSIFIER_HOME": str(home.with_name("home apart"))}
        return other

    def types(self, command: str, keys: str = "") -> tuple[int, str]:
        """Run a command; return its exit code and what it shows."""
        words = shlex.split(command)
        if words[0] == "classify" and not _SHELL.search(re.sub(r'"[^"$`]*"', "", command)):
            return forking.run_on_terminal(words[1:], self.work, self.environment, keys, _PROMPTS[self._chinese])
        ran = subprocess.run(
            ["bash", "-c", command], cwd=self.work, env=self.environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=600, check=False,
        )  # fmt: skip
        return ran.returncode, ran.stdout.decode()

    def fills_in(self, name: str) -> None:
        """Go through a table to correct as a person would: up to twenty paragraphs read, one of them labelled otherwise."""
        book = load_workbook(self.work / name)
        sheet = book.active
        checked, recruitment, conduct, yes = _HEADINGS[self._chinese]
        column = {cell.value: cell.column for cell in sheet[1]}
        rows = range(2, min(sheet.max_row, 21) + 1)
        for row in rows:
            sheet.cell(row, column[checked], yes)
        if labels := column.get("labels") or column.get("主题判定"):  # a scored table has all labels in one cell
            sheet.cell(2, labels, conduct)
            book.save(self.work / name)
            return
        wrong = next(row for row in rows if sheet.cell(row, column[recruitment]).value == yes)
        sheet.cell(wrong, column[conduct], yes)
        book.save(self.work / name)
