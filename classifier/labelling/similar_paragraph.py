"""A labelled paragraph that is like another text: what a reader can hold against a label, or for it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from classifier.json_types import JsonDict
from classifier.labelling.decided import Decided
from classifier.labelling.genres import genre_in

_WORDS = {
    "en": {
        "same": "the same text", "same_words": "the same words", "decided": "decided {}", "common": "in common: {}",
        "opening": "“{}”", "list": ", ", "none": "none",
    },
    "zh": {
        "same": "同一段文字", "same_words": "用词完全相同", "decided": "{} 标注", "common": "共有词语：{}",
        "opening": "“{}”", "list": "、", "none": "无主题",
    },
}  # fmt: skip
_MOST_WORDS = 6  # in common, to name


@dataclass(frozen=True)
class SimilarParagraph:
    """A labelled paragraph and how like it is.

    `similarity`: cosine of the two paragraphs' words and pieces of words, 0 for nothing in common, 1 for the same.
    `labels`: ids, the primary first; empty for none. `same`: it is the same text, whatever its spaces and widths, or,
    where its text is not at hand, has the same words as often. `text`: None where only word counts are known. `words`:
    those that both have, the most telling first. `where`: file and line in its labels folder, as far as they are known.
    `decided`: who gave the labels where a person did, None where nobody is named. `doc`, `genre`, `place`, `year`: what
    the labels say of its source, "" where nothing.
    """

    labels: tuple[str, ...]
    similarity: float
    same: bool
    text: str | None
    words: tuple[str, ...]
    where: str
    decided: Decided | None = None
    doc: str = ""
    genre: str = ""
    place: str = ""
    year: str = ""

    def as_row(self) -> JsonDict:
        """Return it as a JSON object, as results are written: the similarity to 4 places; what is not known is out."""
        source = {name: getattr(self, name) for name in ("doc", "genre", "place", "year") if getattr(self, name)}
        return {
            "labels": list(self.labels),
            "similarity": round(self.similarity, 4),
            "same": self.same,
            **({} if self.text is None else {"text": self.text}),
            "words": list(self.words),
            **source,
            "where": self.where,
            **({} if self.decided is None else {"decided": self.decided.as_row()}),
        }

    def in_words(self, name: Callable[[str], str], language: Literal["en", "zh"], most: int) -> str:
        """Return it in a line: how like, its labels as `name` calls them, the text's opening, where it stands.

        `most`: characters of the opening. Without a text the source and the words in common stand in its place.
        """
        said = _WORDS[language]
        parts = [said["same" if self.text is not None else "same_words"] if self.same else f"{self.similarity:.2f}"]
        parts += [said["list"].join(map(name, self.labels)) or said["none"], self._content(language, most)]
        parts += [said["decided"].format(self.decided)] if self.decided is not None else []
        return " · ".join([*parts, self.where])

    def _content(self, language: Literal["en", "zh"], most: int) -> str:
        said = _WORDS[language]
        if self.text is not None:
            line = " ".join(self.text[: most + 1].split())
            return said["opening"].format(line if len(self.text) <= most else line[:most] + "…")
        source = " ".join(part for part in (self.place, self.year, genre_in(self.genre, language), self.doc) if part)
        common = said["common"].format(said["list"].join(self.words[:_MOST_WORDS]))
        return f"{source} · {common}" if source else common
