"""Every command that README and docs/ show is run, and shows what they say.

Pages are read from top to bottom, each in a copy of scripts/demo of its own. A page's twin in Chinese has the same
commands; those that show something are run once more, on a system that speaks Chinese. DOCS_SLOW=1 runs those that train
on all labels, too, in a home of their own.
"""

import doctest
import importlib.metadata
import os
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

import classifier
from classifier.web.settings import Settings
from tests.docs.blocks import COMMANDS, ROOT, Block, blocks, in_chinese, pages, twin
from tests.docs.matching import Names, tidied
from tests.docs.reader import Reader
from tests.web.running_server import answering

SLOW = bool(os.environ.get("DOCS_SLOW"))
NO_DIFFERENCE = 3  # exit code of `classify compare`
SERVER = "127.0.0.1:8000"
# What a training comes to in the last digits hangs on these; at the lower bounds a page's figures are others.
PINNED = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
OTHER_VERSIONS = [
    here
    for name in ("numpy", "scipy", "scikit-learn")
    if (here := f"{name}=={importlib.metadata.version(name)}") not in PINNED
]


def commands_of(page: str) -> list[Block]:
    return [one for one in blocks(page) if one.kind in COMMANDS]


def is_run(block: Block) -> bool:
    return block.says("not run") is None and (SLOW or block.says("slow") is None)


def trains(page: str) -> bool:
    shown = [block for block in commands_of(page) if is_run(block) and block.kind != "pycon"]
    return any(step.command.startswith("classify train") for block in shown for step in block.steps)


WITH_COMMANDS = [page for page in pages() if any(map(is_run, commands_of(page)))]
IN_CHINESE = [
    other
    for page in WITH_COMMANDS
    if not in_chinese(page) and (other := twin(page)) and any(block.kind == "console" for block in commands_of(other))
]


@dataclass(frozen=True)
class Sitting:
    """A page's commands typed one after another. `server`: where the server of this run answers."""

    reader: Reader
    names: Names
    server: str = SERVER

    def goes_through(self, block: Block, other: Block | None = None) -> None:
        """Run a block's steps and hold the page to what comes out, and another page's block."""
        for step, there in zip(block.steps, (other or block).steps, strict=True):
            command = self.names.put_in(step.command).replace(SERVER, self.server)
            code, shown = self.reader.types(command, (block.says("keys") or "").replace("⏎", "\n"))
            where, shown = f"{block.page}:{block.line}: {command}", shown.replace(self.server, SERVER)
            right = {0, NO_DIFFERENCE} if block.says("slow") is not None else {int(block.says("exit") or 0)}
            assert code in right, f"{where}: exit code {code}\n{shown}"
            for expected in (step.shows, there.shows):
                if expected is not None and not self.names.fits(expected, shown):
                    pytest.fail(f"{where}\n--- shows\n{tidied(shown)}--- the page says\n" + "\n".join(expected))
        if sheet := block.says("filled in"):
            self.reader.fills_in(sheet)


@pytest.mark.parametrize("page", [*WITH_COMMANDS, *IN_CHINESE])
def test_commands_show_what_the_page_says(
    page: str, tmp_path: Path, default_model: classifier.Model, monkeypatch: pytest.MonkeyPatch
) -> None:
    if OTHER_VERSIONS and trains(page):
        pytest.skip(f"a training comes to what the page says with constraints.txt's versions; here {OTHER_VERSIONS}")
    sitting = Sitting(Reader(tmp_path, chinese=in_chinese(page)), Names(default_model.version))
    monkeypatch.chdir(sitting.reader.work)
    ours = commands_of(page)
    theirs = commands_of(twin(page) or page) if page in WITH_COMMANDS and in_chinese(page) else ours
    with ExitStack() as stack:
        if any(block.says("server") is not None for block in ours):
            address = stack.enter_context(answering(Settings(labels=tmp_path / "server" / "labels")))
            sitting = replace(sitting, server=address.removeprefix("http://").rstrip("/"))
        trained = None  # the blocks that train go on among themselves: the others show what the package's model says
        for block, other in zip(ours, theirs, strict=True):
            if not is_run(block) or (page in IN_CHINESE and block.kind != "console"):
                continue
            if block.says("slow") is not None:
                trained = trained or replace(sitting, reader=sitting.reader.apart())
                trained.goes_through(block, other)
            elif block.kind == "pycon":
                assert doctested(block) == ""
            else:
                sitting.goes_through(block, other)


def doctested(block: Block) -> str:
    """Run Python at its prompt; return what doctest says of it, nothing where all is as shown."""
    text = "\n".join(block.lines).replace("…", "...") + "\n"
    test = doctest.DocTestParser().get_doctest(text, {}, block.page, block.page, block.line)
    said: list[str] = []
    runner = doctest.DocTestRunner(optionflags=doctest.ELLIPSIS)
    runner.run(test, out=said.append)
    assert test.examples
    return "".join(said)


def test_twins_have_the_same_commands() -> None:
    pairs = [(page, other) for page in pages() if (other := twin(page))]
    assert len(pairs) >= 10
    for page, other in pairs:
        ours, theirs = ([_gist(block) for block in commands_of(one)] for one in (page, other))
        assert ours == theirs, f"{page}, {other}"


def _gist(block: Block) -> tuple[str, bool, list[str]]:
    """What twins share of a block: its kind, whether it is run, its commands; reasons are in the page's language."""
    if block.kind == "pycon":
        return block.kind, is_run(block), list(block.lines)
    return block.kind, is_run(block), [one.command for one in block.steps]


def test_few_commands_are_not_run() -> None:
    """Each has a reason on its page. Who adds one counts it here."""
    found = [block for page in pages() for block in commands_of(page)]
    kept = [block for block in found if block.says("not run") is not None]
    slow = [block for block in found if block.says("slow") is not None]
    assert all(block.says("not run") for block in kept)
    assert (len(kept), len(slow)) == (NOT_RUN, SLOW_ONES)
    assert sum(len(block.steps) for block in found if is_run(block) and block.kind != "pycon") >= 50


NOT_RUN, SLOW_ONES = 7, 6
