"""The fenced blocks of a page in docs/, and what the comment above each says of how it is run.

    console   commands behind `$ `, each with what it shows; `…` stands for what is left out
    sh        commands, one a line, with a comment perhaps: they only have to succeed
    pycon     Python at its prompt, held by doctest

A comment on the line above: `<!-- not run: why -->`, `<!-- slow: why -->`, `<!-- exit: 3 -->`, `<!-- keys: 2⏎q -->` (pressed one
by one), `<!-- filled in: a.xlsx -->` (somebody labels its rows afterwards), `<!-- server -->` (a server answers at 127.0.0.1:8000).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
COMMANDS = ("console", "sh", "pycon")
OTHERS = ("json", "jsonl", "nginx", "caddy", "python", "text", "toml")
_FENCE = re.compile(r"^( *)(```+)\s*([\w-]*)\s*$")
_COMMENT = re.compile(r"^<!-- ([a-z ]+?)(?:: (.*))? -->$")
AS_TWIN = "<!-- shows what its twin in Chinese shows -->"
NOTES = ("not run", "slow", "exit", "keys", "filled in", "server")


@dataclass(frozen=True)
class Step:
    """A command and the lines that it shows; None where only success is asked for."""

    command: str
    shows: tuple[str, ...] | None


@dataclass(frozen=True)
class Block:
    """A fenced block. `line`: of its fence, from 1; `note`: the comment above, its word and what follows."""

    page: str
    line: int
    kind: str
    lines: tuple[str, ...]
    note: tuple[str, str] | None = None

    def says(self, word: str) -> str | None:
        """Return what the comment says after a word; None where it does not have it."""
        return self.note[1] if self.note and self.note[0] == word else None

    @property
    def steps(self) -> list[Step]:
        if self.kind == "sh":
            return [Step(re.sub(r"\s+# .*$", "", one).strip(), None) for one in self.lines if one.strip()]
        found: list[tuple[str, list[str]]] = []
        for one in self.lines:
            if one.startswith("$ "):
                found.append((re.sub(r"\s+# .*$", "", one[2:]).strip(), []))
            else:
                assert found, f"{self.page}:{self.line}: a console begins with a command"
                found[-1][1].append(one.rstrip())
        return [Step(command, tuple(shows)) for command, shows in found]


def pages() -> list[str]:
    """Return the pages in English, as paths from the top of the repository."""
    found = ["README.md", *(f"docs/{path.name}" for path in sorted((ROOT / "docs").glob("*.md")))]
    return [one for one in found if not one.endswith(".zh.md")]


def twin(page: str) -> str | None:
    """Return the page's twin in Chinese; None where it has none."""
    name = page.removesuffix(".md") + ".zh.md"
    return name if (ROOT / name).is_file() else None


def in_chinese(page: str) -> bool:
    """Tell whether a page shows what a system that speaks Chinese says: those in Chinese, and one that says so."""
    return page.endswith(".zh.md") or AS_TWIN in (ROOT / page).read_text(encoding="utf-8").splitlines()


def blocks(page: str) -> list[Block]:
    """Return the blocks of a page of the repository."""
    return list(blocks_of((ROOT / page).read_text(encoding="utf-8"), page))


def blocks_of(text: str, page: str) -> Iterator[Block]:
    lines = text.splitlines()
    at = 0
    while at < len(lines):
        opened = _FENCE.match(lines[at])
        if not opened:
            at += 1
            continue
        end = next(i for i in range(at + 1, len(lines)) if lines[i].strip() == opened[2])
        indent = len(opened[1])
        inside = tuple(one[indent:] if not one[:indent].strip() else one for one in lines[at + 1 : end])
        yield Block(page, at + 1, opened[3], inside, _note(lines[at - 1].strip() if at else ""))
        at = end + 1


def _note(line: str) -> tuple[str, str] | None:
    found = _COMMENT.match(line)
    return (found[1], found[2] or "") if found else None
