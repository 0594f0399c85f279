"""Where the labelled paragraphs are that a text is held against: what a version learnt from, and somebody's own."""

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from classifier import places
from classifier.errors import LabelError
from classifier.json_types import JsonValue
from classifier.labelling.corpus import read_decisions
from classifier.labelling.digest import fingerprint
from classifier.labelling.folder.looked_at import has_settled
from classifier.labelling.folder.looks import look_at
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.taxonomy import read_taxonomy
from classifier.model.kept_labels import unpack
from classifier.model.similar.kept_layer import kept_layer
from classifier.model.similar.layer import Layer, comparable
from classifier.model.similar.word_features import WordFeatures
from classifier.model.store import LABELS, SCORER, StoredModel


@dataclass(frozen=True, eq=False)
class Sources:
    """The labelled paragraphs for a stored model. `features`: those of its scorer."""

    stored: StoredModel
    features: WordFeatures

    def learnt(self) -> tuple[Layer | None, bool]:
        """Return what the version learnt from, else the package's labels, and whether it did learn from them.

        None where it keeps nothing and the package has other labels. What a version keeps has no texts: those that the
        package has are shown with it. Raises ModelError where what it keeps is damaged.
        """
        default = places.packaged("labels")
        if self.stored.keeps_labels:
            state = [self.stored.manifest["files"][LABELS]["sha256"], self._state(default)]
            name = f"learnt {self.stored.folder.resolve()}"
            return kept_layer(name, state, self.features, self._unpacked, settled=_settled(default))[0], True
        if not self.fits(default):
            return None, False
        layer, made_of = kept_layer(
            f"default {default}", self._state(default), self.features, lambda: self._of_package(default),
            settled=_settled(default),
        )  # fmt: skip
        return layer, made_of == self.stored.manifest.get("training", {}).get("fingerprint")

    def of_folder(self, folder: Path) -> Layer:
        """Return the paragraphs of a labels folder, as it is now; raise LabelError where it cannot be read."""

        def make() -> tuple[Layer, str]:
            read = read_decisions(folder, self.stored.tokeniser)
            return Layer.of(read.paragraphs, self.features), ""

        return kept_layer(
            f"folder {folder.resolve()}", self._state(folder), self.features, make, settled=_settled(folder)
        )[0]

    def fits(self, folder: Path) -> bool:
        """Tell whether a labels folder is there and knows the model's labels."""
        try:
            return set(self.stored.taxonomy.ids) == set(read_taxonomy(folder).ids)
        except LabelError:
            return False

    def _unpacked(self) -> tuple[Layer, str]:
        every = unpack(self.stored.labels() or b"", str(self.stored.folder), self.stored.taxonomy.ids)
        kept = [one for one in every if comparable(one)]
        default = places.packaged("labels")
        if any(one.shipped for one in kept) and self.fits(default):
            kept = list(with_texts(kept, read_decisions(default, self.stored.tokeniser).paragraphs))
        return Layer.of(kept, self.features), ""

    def _of_package(self, default: Path) -> tuple[Layer, str]:
        used = [one for one in read_decisions(default, self.stored.tokeniser).every if not one.aside]
        return Layer.of(used, self.features), fingerprint(used)

    def _state(self, folder: Path) -> JsonValue:
        """Return what a layer of a folder depends on: the files, and what the model weighs and how it cuts."""
        looks: list[JsonValue] = [[name, *look] for name, look in sorted(look_at(folder).items())]
        return [looks, self.stored.manifest["files"][SCORER]["sha256"], self.stored.tokeniser.name]


def with_texts(kept: Iterable[LabelledParagraph], texts: Iterable[LabelledParagraph]) -> Iterator[LabelledParagraph]:
    """Yield paragraphs, those of which a text is known with it and with what is said of its source."""
    known = {one.key: one for one in texts}
    for one in kept:
        there = known.get(one.key)
        yield one if there is None else replace(there, labels=one.labels, words=one.words)


def _settled(folder: Path) -> bool:
    now = time.time_ns()
    return all(has_settled(look, now) for look in look_at(folder).values())
