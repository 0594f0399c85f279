"""A labels folder that is read again and again: only what was added or changed since is read and understood anew."""

import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

from classifier import long_lived
from classifier.labelling.corpus import Corpus, LabelledParagraph, corpus_of
from classifier.labelling.decision import now
from classifier.labelling.folder.counting import Counting, Tally
from classifier.labelling.folder.fact_index import FactIndex
from classifier.labelling.folder.journal import JOURNAL, Entry, entry_of, journal_of
from classifier.labelling.folder.looked_at import Look, LookedAt, News
from classifier.labelling.folder.looks import TAXONOMY, TERMS, Looks, are_labels, look_again, look_at
from classifier.labelling.folder.remembered_file import RememberedFile
from classifier.labelling.folder.understanding import Understanding
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, read_terms
from classifier.text.tokens import Tokeniser

_UNSEEN: Look = (0, 0, 0)
_MANY = 5_000  # decisions that came into memory since the collector was last told to pass over them


class RememberedFolder:
    """What a labels folder says, as of now; other programs may write into it at any time.

    All methods raise LabelError where the taxonomy does not fit its format.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.RLock()
        self._forget()

    def _forget(self) -> None:
        self._looks: Looks = {}
        self._settled = False
        self._said = {name: LookedAt(self.folder / name, grows=False, torn=False) for name in (TAXONOMY, TERMS)}
        self._taxonomy = Taxonomy("", ())
        self._tokeniser = Tokeniser(())
        self._journal = LookedAt(self.folder / JOURNAL, grows=True, torn=True)
        self._entries: list[Entry] = []
        self._unnamed: list[str] = []  # what the journal should name and does not
        self._files: dict[str, RememberedFile] = {}
        self._counting: Counting | None = None
        self._young = 0
        self._corpus: Corpus | None = None
        self._indexes: dict[str, FactIndex] = {}

    @property
    def there(self) -> bool:
        """Whether the folder has been begun."""
        return (self.folder / TAXONOMY).is_file()

    def taxonomy(self) -> Taxonomy | None:
        """Return the labels that the folder knows; None where there is no folder yet."""
        with self._lock:
            return self._taxonomy if self._read() else None

    def corpus(self) -> Corpus | None:
        """Return all decisions that count, what is set aside included; None where there is no folder yet."""
        with self._lock:
            as_of = now()
            counting = self._read()
            if counting is not None and self._corpus is None:
                damage = [*(why for entry in self._entries for why in entry.damage), *self._unnamed]
                damage += [why for file in self._files.values() for why in file.damage]
                self._corpus = corpus_of(self._taxonomy, self._tokeniser, counting.every(), as_of, damage)
            return self._corpus if counting else None

    def decided(self, key: str) -> LabelledParagraph | None:
        """Return what counts for a paragraph, None where nobody decided."""
        with self._lock:
            counting = self._read()
            return counting.by_key.get(key) if counting else None

    def by_key(self) -> Mapping[str, LabelledParagraph]:
        """Return what counts by the paragraphs' keys, to look some up: it goes on changing. Empty without a folder."""
        with self._lock:
            counting = self._read()
            return MappingProxyType(counting.by_key if counting else {})

    def tally(self) -> Tally:
        """Return how many decisions there are, and how often they agree with what was suggested."""
        with self._lock:
            counting = self._read()
            return counting.tally if counting else Tally()

    def by_fact(self, fact: str) -> Mapping[str, Sequence[LabelledParagraph]]:
        """Return all decisions of the batches that say something under a name, by what they say.

        Those that count no longer are among them, in the order in which they came. It goes on changing.
        """
        with self._lock:
            if self._read() is None:
                return {}
            if fact not in self._indexes:
                self._indexes[fact] = FactIndex(fact, self._decisions(batch=True))
            return self._indexes[fact].found

    def every_decision(self) -> Sequence[LabelledParagraph]:
        """Return all decisions of the folder, those that count no longer among them, in no order."""
        with self._lock:
            if self._read() is None:
                return ()
            return (*self._decisions(batch=False), *self._decisions(batch=True))

    def last(self) -> int:
        """Return a number that no decision of the folder exceeds, 0 where it gave none."""
        with self._lock:
            counting = self._read()
            return counting.last if counting else 0

    def held(self, key: str, changed: Path | None = None) -> tuple[LabelledParagraph | None, int]:
        """Return what counts for a paragraph and what `last` does, to who holds the folder for writing.

        `changed`: the file that alone was written to since this was asked last without giving up the folder.
        """
        with self._lock:
            counting = self._read(changed.relative_to(self.folder).as_posix() if changed else None)
            return (counting.by_key.get(key), counting.last) if counting else (None, 0)

    def _read(self, only: str | None = None) -> Counting | None:
        """Read what has changed, `only` in one file where no other can have; None where there is no folder yet."""
        looks = look_again(self.folder, self._looks, (JOURNAL, only)) if only else look_at(self.folder)
        if TAXONOMY not in looks:
            return None
        if self._counting is None or looks != self._looks or not self._settled:
            self._read_settings(looks)
            try:
                self._read_on(looks, only)
            except BaseException:
                self._forget()  # whatever was done by halves is done anew
                raise
        return self._counting

    def _read_settings(self, looks: Looks) -> None:
        if all(one.is_as(looks.get(name)) for name, one in self._said.items()):
            return
        taxonomy, terms = read_taxonomy(self.folder), read_terms(self.folder)
        if (taxonomy, terms) != (self._taxonomy, self._tokeniser.terms):
            self._forget()  # a row that did not fit may fit now, or the other way round
            self._taxonomy, self._tokeniser = taxonomy, Tokeniser(terms)
        for name, one in self._said.items():
            with suppress(OSError):  # no terms, or just removed
                one.news(looks.get(name, _UNSEEN))

    def _read_on(self, looks: Looks, only: str | None) -> None:
        gone, new = list[LabelledParagraph](), list[LabelledParagraph]()
        whole = self._counting is None
        read = self._read_journal(looks.get(JOURNAL))
        if read:
            self._corpus = None
        if read or set(self._files) != set(filter(are_labels, looks)):
            whole = self._arrange(looks, gone) or whole
        known = self._counting.by_key if self._counting else {}
        understand = Understanding(self._taxonomy, self._tokeniser, known)
        for name, file in self._files.items():
            if file.is_as(looks[name]) or only not in (None, name):
                continue
            found = file.read(looks[name], understand, sure=name == only)
            if found is not None:
                self._corpus = None
                whole = whole or not file.batch
                gone += found[0]
                new += found[1]
        if gone or new or whole:
            self._count(gone, new, whole)
        self._young += len(new)
        if self._young >= _MANY:
            self._young = 0
            long_lived.spare()
        self._looks = looks
        self._settled = all(one.is_as(looks.get(name)) for name, one in self._everything())

    def _count(self, gone: Sequence[LabelledParagraph], new: Sequence[LabelledParagraph], whole: bool) -> None:
        self._corpus = None
        if whole or self._counting is None or not self._counting.change(gone, new):
            self._counting = Counting(self._decisions(batch=False), self._decisions(batch=True))
            self._indexes.clear()
        for indexe in self._indexes.values():
            indexe.remove(gone)
            indexe.add(new)

    def _decisions(self, *, batch: bool) -> Iterable[LabelledParagraph]:
        return (decision for file in self._files.values() if file.batch == batch for decision in file.decisions)

    def _everything(self) -> Iterator[tuple[str, LookedAt | RememberedFile]]:
        yield from self._said.items()
        yield JOURNAL, self._journal
        yield from self._files.items()

    def _read_journal(self, look: Look | None) -> bool:
        """Read what is new in the journal; tell whether anything is."""
        if self._journal.is_as(look):
            return False
        try:
            news = self._journal.news(look or _UNSEEN)
        except FileNotFoundError:
            news = News(0, [])
        if news is None:
            return False
        path = self.folder / JOURNAL
        found = [entry_of(line, f"{path}:{number}") for number, line in enumerate(news.lines, start=news.kept + 1)]
        self._entries[news.kept :] = found
        return True

    def _arrange(self, looks: Looks, gone: list[LabelledParagraph]) -> bool:
        """Take up the files that are there, those that are no batch first, then the batches as they came.

        Enters into `gone` the decisions of batches that are there no longer. Tells whether all must be counted anew.
        """
        names = sorted(filter(are_labels, looks), key=lambda name: (not name.startswith("p"), name))
        journal = journal_of(self._entries)
        found = journal.of_batches([self.folder / name for name in names])
        self._unnamed = journal.unnamed(found, self.folder / JOURNAL)
        batches = [f"{one.parent.name}/{one.name}" for one in found]
        before, self._files, whole = self._files, {}, False
        for name in [*(one for one in names if one not in set(batches)), *batches]:
            known, batch = before.pop(name, None), name in batches
            if known is None or known.batch != batch:
                whole = whole or known is not None or not batch
                known = RememberedFile(self.folder / name, batch=batch)
            self._files[name] = known
        for one in before.values():
            gone += one.decisions
            whole = whole or not one.batch
        return whole
