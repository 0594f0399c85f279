"""The test of the pages notices what is wrong with them, and no command escapes it."""

import re

import pytest

from tests.docs.blocks import COMMANDS, NOTES, OTHERS, ROOT, blocks, blocks_of, pages, twin
from tests.docs.matching import Names, tidied

ALL = [name for page in pages() for name in (page, twin(page)) if name]
PAGE = """
<!-- exit: 3 -->
```console
$ classify a.txt   # a comment
shown
…
$ classify b.txt
```
```sh
classify c.txt  # another
```
"""


@pytest.mark.parametrize("name", ALL)
def test_blocks_are_of_known_kinds_and_no_command_stands_elsewhere(name: str) -> None:
    assert {block.kind for block in blocks(name)} <= {*COMMANDS, *OTHERS}
    assert {block.note[0] for block in blocks(name) if block.note} <= set(NOTES)
    text = (ROOT / name).read_text(encoding="utf-8")
    outside = re.sub(r"^ *```.*?^ *```$", "", text, flags=re.MULTILINE | re.DOTALL)
    assert re.findall(r"^(?: {4}|\t)\S.*", outside, re.MULTILINE) == []
    others = "\n".join("\n".join(block.lines) for block in blocks(name) if block.kind in OTHERS)
    assert re.findall(r"^(?:\$ )?(?:\S*/)?(?:classify|make|pip|python3?) .*", others, re.MULTILINE) == []


def test_a_block_has_its_steps() -> None:
    console, shell = blocks_of(PAGE, "page")
    assert [(one.command, one.shows) for one in console.steps] == [
        ("classify a.txt", ("shown", "…")), ("classify b.txt", ()),
    ]  # fmt: skip
    assert (console.says("exit"), console.says("keys"), shell.note) == ("3", None, None)
    assert [(one.command, one.shows) for one in shell.steps] == [("classify c.txt", None)]


@pytest.mark.parametrize(
    ("expected", "shown", "fits"),
    [
        (["a", "b"], "a\nb\n", True),
        (["a", "b"], "a\n", False),
        ([], "", True),
        ([], "a\n", False),
        (["a", "…", "z"], "a\nb\nc\nz\n", True),
        (["a", "…", "z"], "a\nz\n", True),
        (["a", "…"], "b\n", False),
        (["a … z"], "a 1 z\n", True),
        (["a … z"], "a 1\n2 z\n", False),
        (["a."], "ab\n", False),
        (["20261129-aaaaaa"], "20270101-bbbbbb\n", True),
        (["20261129-aaaaaa 20261129-aaaaaa"], "20270101-bbbbbb 20270101-cccccc\n", False),
        (["20261129-aaaaaa 20261128-aaaaaa"], "20270101-bbbbbb 20270101-cccccc\n", True),
        (["20261129-dddddd"], "20250101-dddddd\n", False),
        (["20250101-dddddd"], "20250101-dddddd\n", True),
    ],
)
def test_what_is_shown_fits_or_does_not(expected: list[str], shown: str, fits: bool) -> None:
    """`20250101-dddddd` is a name that is known: no other may stand for it."""
    assert Names("20250101-dddddd").fits(expected, shown) is fits


def test_a_name_is_the_same_wherever_it_comes_up() -> None:
    names = Names()
    assert names.fits(["20261129-aaaaaa is stored"], "20270101-bbbbbb is stored\n")
    assert names.put_in("classify compare 20261129-aaaaaa x") == "classify compare 20270101-bbbbbb x"
    assert names.fits(["20261129-aaaaaa"], "20270101-bbbbbb\n")
    assert not names.fits(["20261129-aaaaaa"], "20270101-cccccc\n")


def test_a_screen_keeps_what_was_written_last() -> None:
    assert tidied("\x1b[1mone\x1b[0m  \n10 %\r\x1b[Kdone\n\n") == "one\ndone\n"


@pytest.mark.parametrize("name", ALL)
def test_commands_that_install_are_quoted_as_windows_takes_them(name: str) -> None:
    """Its cmd hands single quotes on as they are."""
    commands = [step.command for block in blocks(name) if block.kind in {"console", "sh"} for step in block.steps]
    assert [one for one in commands if one.startswith("pip ") and "'" in one] == []
