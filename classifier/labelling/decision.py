"""What somebody decided of a paragraph, on its way into or out of a labels folder."""

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from classifier.labelling.identity import text_key, words_key

ASIDE = {"doubtful": "存疑", "discarded": "废弃"}
"""Why a paragraph is kept out of training: nobody can say what it is, or it is no paragraph (junk)."""

OWN_KEYS = ("text", "words", "labels", "doc", "by", "date", "aside")


@dataclass(frozen=True)
class Decision:
    """A paragraph's text (or, without text, its word counts) and the labels it got.

    `labels`: ids, the primary first; () for none. `confirmed`: False where nobody decided (an empty list
    that may mean "not labelled yet", or a model's own answer). `aside`: a key of ASIDE, "" for an ordinary
    paragraph. `date`: ISO 8601, "" where not known. `facts`: everything else that was said of it.
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

    @cached_property
    def key(self) -> str:
        """The paragraph's name: decisions with the same key are about the same paragraph."""
        return text_key(self.text) if self.text is not None else words_key(self.words or {})

    @property
    def answer(self) -> tuple[str, frozenset[str]]:
        """What is compared between two decisions; the order of labels is no disagreement."""
        return self.aside, frozenset(self.labels)

    def as_row(self) -> dict[str, Any]:
        """Return the row of a labels folder."""
        named = {"doc": self.doc, "by": self.by, "date": self.date, "aside": self.aside}
        own: dict[str, Any] = {"text": self.text} if self.text is not None else {"words": dict(self.words or {})}
        return {**own, "labels": list(self.labels), **{k: v for k, v in named.items() if v}, **self.facts}


def now() -> str:
    """Return the time in UTC as ISO 8601, to the microsecond: later decisions sort after earlier ones."""
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="microseconds")


def moment(date: str) -> datetime.datetime:
    """Return a date for comparison; what is no date counts as long ago."""
    try:
        found = datetime.datetime.fromisoformat(date.strip().replace("/", "-"))
    except ValueError:
        return datetime.datetime.min.replace(tzinfo=datetime.UTC)
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)
