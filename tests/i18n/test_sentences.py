"""Everything that the program says to people has a Chinese reading: the sentences are taken from the source itself."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import classifier
from classifier.i18n.sentences import sentences, translated
from classifier.tables.workbook import ERROR, PICTURE, UNSOLVED, Line

PACKAGE = Path(classifier.__file__).parent
SPOKEN = {"say", "tell", "BadParameter"}  # and every error of ours
PRIVATE = {
    "AssertionError",
    "AttributeError",
    "IndexError",
    "ValueError",
    "TypeError",
    "OSError",
    "FileNotFoundError",
    "KeyError",
    "ImportError",
    "Error",
    "RuntimeError",
    "NotImplementedError",
}  # fmt: skip - of the machine room: what a person is told of them is a sentence around them
FILLED = (
    "3",
    "甲",
    "'甲'",
    '"甲"',
    "甲.txt",
    '["甲"]',
    "(3, 3)",
    "3 (甲)",
    "csv",
    "/甲",
    "3.5",
    "A",
    " 3",
    "",
    "a truncated, or longer",
)
ENGLISH = re.compile(r"(?<![-\w./`])[A-Za-z]{2,}(?:[,;:]? [A-Za-z]+){2,}")  # a run of three words


def template(node: ast.expr) -> str | None:
    """Return a sentence with {} for what is filled in, None for an expression that holds no text of its own."""
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        return (template(node.left) or "{}") + (template(node.right) or "{}")
    return None


def said(source: str) -> Iterator[tuple[int, str]]:
    """Yield line and template of each sentence that a module says or raises."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = getattr(node.func, "id", getattr(node.func, "attr", ""))
        if called == "say_of" and len(node.args) > 1 and (text := template(node.args[1])) and ENGLISH.search(text):
            yield node.lineno, f"甲.xlsx: line 3: {text}"
        if called in SPOKEN or (called.endswith("Error") and called not in PRIVATE and called[0].isupper()):
            text = template(node.args[0])
            if text and re.search("[a-z]{2,} [a-z]|[a-z]{4,}", text.replace("{}", "")):
                yield node.lineno, text


def is_chinese(text: str) -> bool:
    text = re.sub("`.*?`", "", text)  # a command is not translated
    return not ENGLISH.search(text) and bool(re.search(r"[\u4e00-\u9fff]", re.sub("甲", "", text)))


def read_in_chinese(text: str) -> bool:
    """Tell whether a template becomes Chinese with something in its places."""
    tried = (before + text.replace("{}", filled) for filled in FILLED for before in ("", "甲.txt: ", "错: 甲.txt: "))
    return any(is_chinese(translated(one, "zh")) for one in tried)


ALL = {
    f"{path.relative_to(PACKAGE).as_posix()}:{line}": text
    for path in sorted(PACKAGE.rglob("*.py"))
    for line, text in said(path.read_text(encoding="utf-8"))
}


def test_sentences_are_found() -> None:
    assert len(ALL) > 300


def test_all_that_is_said_reads_in_chinese() -> None:
    missing = {place: text for place, text in ALL.items() if not read_in_chinese(text)}
    assert not missing, "\n".join(f"{place}: {text!r}" for place, text in missing.items())


def test_a_sentence_nobody_translated_is_noticed() -> None:
    assert not read_in_chinese("{}: the moon has more than {} craters; look again")


@pytest.mark.parametrize("one", sentences("zh"), ids=lambda one: one.pattern[:40])
def test_groups_of_a_reading_are_in_its_pattern(one: tuple[str, str]) -> None:
    pattern, reading = one
    groups = re.compile(pattern).groups
    assert all(int(number) <= groups for number in re.findall(r"\$(\d)", reading))


CELL = "甲.xlsx: sheet 一, row 3: the {} cell {}"
ROLES = ("text", "label", "labels", "given", "text_check", "checked", "place")


@pytest.mark.parametrize("role", ROLES)
def test_what_is_wrong_with_a_cell_reads_in_chinese(role: str) -> None:
    merged = Line("一", 3, ["甲"], merged=[(1, 2, 1, 4)]).wrong(0)
    faults = (ERROR.format("#N/A"), UNSOLVED, PICTURE, merged)
    for fault in faults:
        assert is_chinese(translated(CELL.format(role, fault), "zh").replace(role, "")), fault
    whole = "; ".join([CELL.format(role, merged), f"the given cell {UNSOLVED}"])
    assert translated(whole, "zh").endswith(
        "一格与第 2 行合并，请取消合并并填写；“given”一格是公式，没有存下结果，请用 Excel 打开后保存"
    )


def test_what_is_wrong_with_a_sentence_s_place_reads_in_chinese_behind_its_row() -> None:
    said = translated("甲.jsonl: line 9: no sentence stands from 19 to 107: the text has 88 characters", "zh")
    assert said == "甲.jsonl：第 9 行：第 19 至 107 字之间没有句子：这段文字共 88 字"
