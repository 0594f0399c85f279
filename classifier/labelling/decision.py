"""What somebody decided of a paragraph, on its way into or out of a labels folder."""

import datetime
import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from classifier.errors import LabelError
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.labelling.paragraph_keys import text_key, words_key
from classifier.labelling.sentence_labels import as_rows

ASIDE = {"doubtful": "存疑", "discarded": "废弃"}
"""Why a paragraph is kept out of training: nobody can say what it is, or it is no paragraph (junk)."""

_WRITTEN = re.compile(  # a date as Excel and people write it, in half width
    r"(?P<year>\d{4})[-.年](?P<month>\d{1,2})(?:[-.月](?P<day>\d{1,2})[日号號]?|月)?"
    r"(?:\s*(?:星期|周|週).)?"
    r"(?:[T\s]*(?P<half>[上下]午)?\s*(?P<hour>\d{1,2}):(?P<minute>\d{2})(?::(?P<second>\d{2}))?(?:\s*(?P<m>[AP])M)?)?",
    re.IGNORECASE,
)
_REST = {4: "-01-01", 7: "-01"}  # what makes a year or a month its first day, by length

OWN_KEYS = ("text", "words", "labels", "doc", "by", "date", "aside", "sentences")


@dataclass(frozen=True)
class Decision:
    """A paragraph's text (or, without text, its word counts) and the labels it got.

    `labels`: ids, the primary first; () for none. `confirmed`: False where nobody decided (an empty list
    that may mean "not labelled yet", or a model's own answer). `aside`: a key of ASIDE, "" for an ordinary
    paragraph. `date`: ISO 8601, "" where not known. `facts`: everything else that was said of it.
    `sentences`: those that are known apart, in order. `judged`: False where only they have labels and nobody said what
    the paragraph as a whole is about; `labels` is empty then and means nothing. `suggestion`: it is a model's own
    answer. `seen`: the labels that were shown as decided to whoever decided anew, None where none were.
    """

    labels: tuple[str, ...]
    text: str | None = None
    words: Mapping[str, int] | None = None
    doc: str = ""
    by: str = ""
    date: str = ""
    aside: str = ""
    confirmed: bool = True
    where: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    sentences: tuple[LabelledSentence, ...] = ()
    judged: bool = True
    suggestion: bool = False
    seen: tuple[str, ...] | None = None

    @cached_property
    def key(self) -> str:
        """The paragraph's name: decisions with the same key are about the same paragraph."""
        return text_key(self.text) if self.text is not None else words_key(self.words or {})

    @property
    def answer(self) -> tuple[str, frozenset[str]]:
        """What is compared between two decisions; the order of labels is no disagreement."""
        return self.aside, frozenset(self.labels)

    def every_label(self) -> Iterator[str]:
        """Yield all labels that it gives, to the paragraph or to sentences."""
        yield from self.labels
        for sentence in self.sentences:
            yield from sentence.labels or ()

    def as_row(self) -> dict[str, Any]:
        """Return the row of a labels folder."""
        named = {"doc": self.doc, "by": self.by, "date": self.date, "aside": self.aside}
        own: dict[str, Any] = {"text": self.text} if self.text is not None else {"words": dict(self.words or {})}
        labels = {"labels": list(self.labels)} if self.judged else {}
        parts = {"sentences": as_rows(self.sentences, self.by, self.date)} if self.sentences else {}
        return {**own, **labels, **parts, **{k: v for k, v in named.items() if v}, **self.facts}


def now() -> str:
    """Return the time in UTC as ISO 8601, to the microsecond: later decisions sort after earlier ones."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def moment(date: str) -> datetime.datetime:
    """Return a date for comparison, a month as its first day; what is no date counts as long ago."""
    try:
        time = _parse_time(iso(date))
    except LabelError:
        time = None
    time = time or datetime.datetime.min
    return time if time.tzinfo else time.replace(tzinfo=datetime.UTC)


def iso(date: str) -> str:
    """Return a date in ISO 8601, as exact as it was written: 2026/9/3 8:05, 2026年9月3日, 2026.9; "" for none.

    Raises LabelError for what is no date.
    """
    plain = unicodedata.normalize("NFKC", date).strip().replace("/", "-")
    if not plain or _parse_time(plain):
        return plain
    written = _WRITTEN.fullmatch(plain)
    parts = [f"{int(written[name]):02}" for name in ("year", "month", "day") if written[name]] if written else []
    text = "-".join(parts) + (_time(written) if written and written["hour"] else "")
    if not _parse_time(text):
        raise LabelError(f"date {date.strip()[:40]!r} is none that can be read; write it as 2026-09-03")
    return text


def _time(written: re.Match[str]) -> str:
    hour = int(written["hour"])
    half = {"上午": "A", "下午": "P"}.get(written["half"] or "", (written["m"] or "").upper())
    if half and hour <= 12:
        hour = hour % 12 + (12 if half == "P" else 0)
    return f"T{hour:02}:{written['minute']}:{written['second'] or '00'}"


def _parse_time(text: str) -> datetime.datetime | None:
    for whole in (text, text + _REST.get(len(text), "")):
        try:
            return datetime.datetime.fromisoformat(whole)
        except ValueError:
            continue
    return None
