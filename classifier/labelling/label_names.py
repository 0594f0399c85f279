"""Label names as people write them: ids, Chinese or English names, several in one cell."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE
from classifier.labelling.taxonomy import NONE, NONE_ZH, Taxonomy
from classifier.text.normalise import normalise

_NONE = {NONE, NONE_ZH, "无", "无标签"}
_DIVIDERS = ",;#＃|，；、｜\n"
_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]+")
_NUMBERED = re.compile(r"\A\s*[(（]?\w{1,2}[.．、)）:：]\s*(?=\S)")  # "1. 民生", "(A) livelihood"
_PATH = re.compile(r"[^,;|，；、｜\n]*##[^,;|，；、｜\n]*")  # 一级##二级, as PaddleNLP writes labels of several levels


@dataclass(frozen=True)
class Names:
    """The names that a taxonomy's labels go by, beside those of `none` and of paragraphs set aside.

    `other`: a taxonomy whose names for the same ids are understood, too, where the first gives them to no label: that
    of a model which was trained before a label was renamed, say.
    """

    taxonomy: Taxonomy
    other: Taxonomy | None = None

    @cached_property
    def _known(self) -> dict[str, str]:
        found = dict.fromkeys(_NONE, NONE)
        found |= {name: key for key, zh in ASIDE.items() for name in (key, zh)}
        also = [one for one in (self.other.labels if self.other else ()) if one.id in self.taxonomy.ids]
        both = [*also, *self.taxonomy.labels]
        return found | {name.casefold(): one.id for one in both for name in (one.id, one.zh, one.en)}

    @cached_property
    def _loose(self) -> dict[str, str]:
        return {_loose(name): found for name, found in self._known.items()}

    @cached_property
    def _in_cell(self) -> re.Pattern[str]:
        """What stands between two dividers of a cell; names that hold a divider themselves come first."""
        divided = [re.escape(name) for name in self.longest_first() if set(name) & set(_DIVIDERS)]
        return re.compile(rf"\s*({'|'.join([*divided, f'[^{_DIVIDERS}]*'])})\s*(?:[{_DIVIDERS}]|\Z)", re.IGNORECASE)

    def longest_first(self) -> list[str]:
        """Return every known name, folded to lower case, the longest first."""
        return sorted(self._known, key=len, reverse=True)

    def read(self, names: Iterable[str]) -> tuple[tuple[str, ...], str]:
        """Return label ids and why the paragraph is set aside ("" where it is not).

        Raises LabelError for a name that nobody knows, and where none or "set aside" stands beside labels.
        """
        ids = [self._known_id(name) for name in names if name.strip()]
        labels = tuple(dict.fromkeys(id_ for id_ in ids if id_ != NONE and id_ not in ASIDE))
        aside = next((id_ for id_ in ids if id_ in ASIDE), "")
        if labels and NONE in ids:
            raise LabelError(f"says {NONE} and {labels[0]} of the same paragraph")
        if labels and aside:
            raise LabelError(f"is set aside ({ASIDE[aside]}) and labelled {labels[0]}; one of both must go")
        return labels, aside

    def read_cell(self, cell: str) -> tuple[tuple[str, ...], str]:
        """Return the labels that a cell names, and why its paragraph is set aside ("" where it is not).

        Several names are divided by , ; # | or their Chinese forms. Names may hold dividers: the longest known one
        counts. ## stands between the names of a path. Raises LabelError for names that are not known or contradict.
        """
        return self.read(self.in_cell(cell))

    def in_cell(self, cell: str) -> list[str]:
        """Return the names in a cell, of a path its last known one; known or not."""
        if "##" in cell:
            cell = _PATH.sub(lambda found: self.last_known(found[0].split("##")), cell)
        return [found[1] for found in self._in_cell.finditer(cell)]

    def last_known(self, path: Sequence[str]) -> str:
        """Return the last name of a path that somebody knows; its last one where none is known."""
        return next((name for name in reversed(path) if self.knows(name)), path[-1] if path else "")

    def knows_cell(self, cell: str) -> bool:
        """Tell whether one of the names in a cell is known; also where the cell holds them as JSON."""
        return any(self.knows(name.strip(' "[]{}')) for name in self.in_cell(cell) if name.strip())

    def knows(self, name: str) -> bool:
        """Tell whether somebody may have meant a label, none or "set aside" by a name."""
        return self.meant(name) is not None

    def meant(self, name: str) -> str | None:
        """Return the id of what is meant by a name: a label, none, a way to be set aside; None where nobody knows."""
        plain = name.strip().casefold()
        bare = _NUMBERED.sub("", plain, count=1)
        return self._written(plain) or self._written(bare) or self._in_both_languages(bare)

    def _written(self, plain: str) -> str | None:
        return self._known.get(plain) or self._loose.get(_loose(plain))

    def _in_both_languages(self, plain: str) -> str | None:
        """Return what a name means that stands there in Chinese and in English ("work style（作风建设）").

        Each of both must be known, and mean the same: "民生 praise" may be half of something that is no label.
        """
        chinese, rest = "".join(_HAN.findall(plain)), re.sub(r"[\W]+", " ", _HAN.sub(" ", plain)).strip()
        if not chinese or not rest:
            return None
        meant = {self._written(part) for part in (chinese, rest)}
        return meant.pop() if len(meant) == 1 else None

    def _known_id(self, name: str) -> str:
        id_ = self.meant(name)
        if id_ is None:
            known = ", ".join(f"{label.id} ({label.zh})" for label in self.taxonomy.labels)
            raise LabelError(f"no label is called {name.strip()!r}; there are: {known}; none ({NONE_ZH}); 存疑; 废弃")
        return id_


def _loose(name: str) -> str:
    """Return a name in simplified script, whatever stands between its words (fastText files have no spaces)."""
    return normalise(name.replace("-", " ").replace("_", " "))
