"""Many documents and tables → one extract: read and labelled side by side, repeated passages put together."""

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path

from classifier.api import Model, Result, load
from classifier.bulk.pool import run_here, run_in_processes
from classifier.decisions import Decisions, open_decisions, with_decisions
from classifier.documents.archive import Unread
from classifier.documents.display_names import display_names
from classifier.documents.document import Document
from classifier.documents.read import read_each
from classifier.extract.passage import Extract, NotedTable, Passage, ReadDocument, Unit, UnreadDocument
from classifier.extract.taking import Wanted, near, take
from classifier.labelling.paragraph_keys import text_key
from classifier.labelling.taxonomy import NONE, Label, Taxonomy
from classifier.report.columns import OWN_PLACE
from classifier.report.dates import span_of
from classifier.report.document_facts import Facts

AT_ONCE = 16  # documents that are labelled in one go


@dataclass(frozen=True)
class Asked:
    """What an extract is to hold, in terms that travel to another process. `labels`: ids, "none" perhaps among them.

    `text_column`: of tables that are read as documents, None for the one whose heading tells. `decisions`: the labels
    folder whose decisions stand in place of the model's answers, None for the model alone.
    """

    labels: tuple[str, ...]
    unit: Unit = "paragraph"
    context: bool = False
    decisions: Path | None = None
    text_column: str | None = None


Taken = tuple[ReadDocument, list[Passage]]


def from_results(path: str, results: Sequence[Result], wanted: Wanted, table: str = "") -> Taken:
    """Return what is taken of one labelled document; rows of a table tell their own place and date (`Result.cells`).

    `table`: the file of a table whose rows name the document; "" where it is a file itself.
    """
    facts = Facts(path, [[one] for one in results])
    told = [facts.of(one) for one in results]
    document = ReadDocument(
        path,
        facts.title,
        _only(one.facts.get(OWN_PLACE, "") for one in told),
        span_of(one.date for one in told),
        len(results),
        near(results, wanted),
        tuple(note for result in results for note in result.notes),
        table=table if table != path else "",
    )
    return document, take(results, wanted)


def _only(values: Iterable[str]) -> str:
    """Return the one value that there is, "" for several."""
    found = set(values)
    return found.pop() if len(found) == 1 else ""


class Taker:
    """Reads and labels documents and takes what is wanted of them: what each of several processes does."""

    def __init__(self, model: Model, asked: Asked) -> None:
        self._model = model
        self._wanted = Wanted.of(model, asked.labels, asked.unit, context=asked.context)
        self._sentences = asked.unit == "sentence"
        self._decisions = decisions_of(asked)
        self._text_column = asked.text_column

    def __call__(self, paths: Sequence[str]) -> list[Taken | UnreadDocument]:
        """Return what is taken of each document, an archive's one by one, in order."""
        read = list(read_each(paths, self._text_column))
        documents = [one for one in read if isinstance(one, Document)]
        labelled = iter(self._model.label_documents(documents, sentences=self._sentences, topics=False))
        return [
            UnreadDocument(one.name, str(one.error))
            if isinstance(one, Unread)
            else from_results(one.name, with_decisions(next(labelled), self._decisions), self._wanted)
            for one in read
        ]


def decisions_of(asked: Asked) -> Decisions | None:
    """Return what people decided in the folder that was asked for."""
    return open_decisions(asked.decisions) if asked.decisions is not None else None


def taken_of_files(
    paths: Sequence[str], model: Model, asked: Asked, workers: int | None = None
) -> Iterator[list[Taken | UnreadDocument]]:
    """Yield what is taken of documents, some at once, in order; many of them are read in several processes."""
    pieces = [(None, paths[start : start + AT_ONCE]) for start in range(0, len(paths), AT_ONCE)]
    processes = workers or os.cpu_count() or 1
    if processes == 1 or len(pieces) < 2:  # a process of its own takes longer to begin than some documents to read
        work = run_here(Taker(model, asked), pieces)
    else:
        work = run_in_processes(partial(_taker, str(model.stored.folder), model.precision, asked), pieces, processes)
    with closing(work):
        for _, some in work:
            yield some


def _taker(folder: str, precision: float | None, asked: Asked) -> Taker:
    """Make a taker in a process of its own."""
    return Taker(load(folder, precision), asked)


@dataclass
class Gatherer:
    """Puts what was taken together: documents are numbered, repeated passages join the first of them.

    Where a person labelled only a later one, they carry the labels of that.
    """

    extract: Extract
    _places: dict[str, int] = field(default_factory=dict)

    def add(self, taken: Taken | UnreadDocument | NotedTable) -> None:
        """Add a document with its passages, one that could not be read, or what was passed over of a table."""
        if isinstance(taken, NotedTable):
            self.extract.tables.append(taken)
            return
        if isinstance(taken, UnreadDocument):
            self.extract.unread.append(taken)
            return
        document, passages = taken
        number = len(self.extract.documents)
        self.extract.documents.append(document)
        for passage in passages:
            self._passage(replace(passage, where=replace(passage.where, document=number)))

    def _passage(self, passage: Passage) -> None:
        key = text_key(passage.text)
        known = self._places.get(key)
        if known is None:
            self._places[key] = len(self.extract.passages)
            self.extract.passages.append(passage)
        else:
            first = self.extract.passages[known]
            if first.decided is None and passage.decided is not None:  # a person's word counts for the text
                said = {key: getattr(passage, key) for key in ("labels", "probabilities", "uncertain", "decided")}
                first = replace(first, **said)
            self.extract.passages[known] = replace(first, again=(*first.again, passage.where))

    def finished(self) -> Extract:
        """Return the extract, its documents called so that no two have one name."""
        documents = self.extract.documents
        files = list(dict.fromkeys(one.table for one in documents if one.table))
        names = display_names([*(one.path for one in documents if not one.table), *files])
        own, tables = iter(names), dict(zip(files, names[len(names) - len(files) :], strict=True))
        titles: Counter[tuple[str, str]] = Counter()
        for place, one in enumerate(documents):
            titles[one.table, one.path] += bool(one.table)
            again = f" ({titles[one.table, one.path]})" if titles[one.table, one.path] > 1 else ""
            name = f"{tables[one.table]} · {one.path}{again}" if one.table else next(own)
            documents[place] = replace(one, name=name)
        return self.extract


def begun(model: Model, asked: Asked) -> Gatherer:
    """Return an extract of what a model and people label, without passages yet."""
    topics = _topics(model.taxonomy, asked)
    return Gatherer(Extract(topics, asked.unit, model.version, model.precision, NONE in asked.labels))


def begun_of_people(taxonomy: Taxonomy, asked: Asked) -> Gatherer:
    """Return an extract of what people alone labelled, with labels that the model does not know; no passages yet."""
    return Gatherer(Extract(_topics(taxonomy, asked), asked.unit, model="", none=NONE in asked.labels))


def _topics(taxonomy: Taxonomy, asked: Asked) -> tuple[Label, ...]:
    """Return the labels asked for, all where none is named."""
    ids = [label for label in asked.labels if label != NONE] if asked.labels else taxonomy.ids
    return tuple(taxonomy.find(label) for label in ids)
