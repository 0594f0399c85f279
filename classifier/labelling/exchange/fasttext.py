"""fastText: a line a paragraph, its labels in front as __label__name.

doccano 1.8.4 quotes such lines as CSV, so that a text may go over several, and puts a blank and __comment__ behind the
text.
"""

import re
from collections.abc import Iterable, Iterator

from classifier.errors import LabelError
from classifier.labelling.decision import Decision
from classifier.labelling.exchange.format import Format, Row, Source, need_text
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import NONE

PREFIX = "__label__"
_QUOTED = re.compile(rf'^"{PREFIX}', re.MULTILINE)
_COMMENT = re.compile(r"[^\S\n]__comment__.*\Z", re.DOTALL)
_RECORD = re.compile(r'^"(?P<quoted>(?:[^"]++|"")*+)"(?P<behind>[^"\n]*)$|^.*$', re.MULTILINE)
_BREAKS = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")


def stands_in(text: str) -> bool:
    """Tell whether a line of a text begins with a label as fastText writes it."""
    return bool(re.search(rf"^[^\S\n]*{PREFIX}", text, re.MULTILINE))


def rows(source: Source) -> Iterator[Row]:
    """Yield each line that is not blank; of a file by doccano, each of its records."""
    text = source.text
    if not (_QUOTED.search(text) or _COMMENT.search(text)):
        for number, line in enumerate(text.split("\n"), start=1):
            if line.strip():
                yield f"line {number}", line.strip("\r")
        return
    at, number = 0, 1
    for match in _RECORD.finditer(text):
        number, at = number + text.count("\n", at, match.start()), match.start()
        line = match[0] if match["quoted"] is None else match["quoted"].replace('""', '"') + match["behind"]
        if line.strip():
            yield f"line {number}", _COMMENT.sub("", line.strip("\r"))


def decide(line: str, names: Names) -> list[Decision]:
    """Return the decision of one line; a line without a label is one that nobody labelled.

    Raises LabelError for a label that is not known, or stands behind the text, and for a line without a text.
    """
    given: list[str] = []
    rest = line.lstrip()
    known = names.longest_first()
    while rest.startswith(PREFIX):
        name, rest = _name(rest.removeprefix(PREFIX), known)
        given.append(name)
    if PREFIX in rest:
        raise LabelError(f"a label ({PREFIX}) stands behind the text; labels come first")
    labels, aside = names.read(given)
    return [Decision(labels, need_text(rest), aside=aside, confirmed=bool(given))]


def _name(text: str, known: list[str]) -> tuple[str, str]:
    """Return a label's name and what follows. Names may hold spaces: the longest known one counts."""
    for name in known:
        if text[: len(name)].casefold() == name and (text[len(name) : len(name) + 1] or " ").isspace():
            return name, text[len(name) :].lstrip(" \t")
    name, _, rest = text.partition(" ")
    return name, rest.lstrip(" \t")


def write(decisions: Iterable[tuple[Decision, list[str]]]) -> bytes:
    """Return a line a decision. Line breaks inside a text become spaces: the format has no other way."""
    lines = []
    for one, names in decisions:
        shown = names or ([NONE] if one.confirmed else [])
        labels = "".join(f"{PREFIX}{name.replace(' ', '-')} " for name in shown)
        lines.append(labels + _BREAKS.sub(" ", one.text or "").strip() + "\n")
    return "".join(lines).encode()


FORMAT = Format("fastText lines", rows, decide)
