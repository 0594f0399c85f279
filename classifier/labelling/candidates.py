"""Paragraphs that might be labelled: of documents, folders of documents, tables, or chosen by `classify suggest`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from classifier.documents.archive import Unread
from classifier.documents.read import read_all
from classifier.errors import InputError, LabelError
from classifier.json_types import JsonValue
from classifier.labelling.candidate_tables import ENDINGS, table_rows
from classifier.labelling.decision import Decision
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.paragraph_keys import text_key
from classifier.own_outputs import is_of_labels, is_own_output, is_suggestions
from classifier.patterns import files_below, files_of, fitting, unopened_below, why_unopened
from classifier.text.split import split

_FACTS = ("genre", "place", "year", "origin")


@dataclass(frozen=True)
class Candidate:
    """A paragraph that nobody may have labelled yet. `doc`: its document. `reason`: why it was chosen, if it was."""

    text: str
    doc: str
    reason: str = ""
    facts: dict[str, JsonValue] = field(default_factory=dict)

    def undecided(self) -> Decision:
        """Return it as a paragraph without an answer."""
        return Decision((), self.text, doc=self.doc, confirmed=False, facts=self.facts)


def read_pool(
    paths: Sequence[str], unread: Callable[[str], object] | None = None, *, suggestions: bool = True
) -> list[Candidate]:
    """Read the paragraphs of documents, tables, folders and what fits patterns; boilerplate is left out.

    Raises InputError or LabelError where something cannot be read; in a folder, an archive or what fits a pattern it is
    passed over, and `unread` is told in a line which file and why. So is what this program wrote there, but, with
    `suggestions`, what it chose to be labelled next.
    """
    found: list[Candidate] = []
    for name in paths:
        for path in fitting(name):
            if Path(path).is_dir():
                found += [one for file in files_below(Path(path)) for one in _readable(str(file), unread, suggestions)]
                if unread is not None:
                    for other in unopened_below(Path(path)):
                        unread(f"{why_unopened(other)}: {other}")
            else:
                found += _read_path(path, unread) if path == name else _readable(path, unread, suggestions)
    if not found:
        raise InputError(f"{', '.join(paths)}: no paragraphs to label")
    return found


def outputs_among(paths: Sequence[str]) -> list[Path]:
    """Return what this program wrote among the files that names stand for; what is named itself is none of it."""
    found = [path for name in paths for path in files_of([name]) if str(path) != name]
    return [path for path in found if is_own_output(path)]


def unlabelled(items: Sequence[Candidate], known: Mapping[str, LabelledParagraph]) -> list[Candidate]:
    """Return the paragraphs that nobody has judged, each text once; `known`: what counts, by the paragraphs' keys."""
    seen: set[str] = set()
    fresh = []
    for item in items:
        key = text_key(item.text)
        counts = known.get(key)
        if key not in seen and not (counts and counts.judged):
            seen.add(key)
            fresh.append(item)
    return fresh


def _readable(path: str, unread: Callable[[str], object] | None, suggestions: bool) -> list[Candidate]:
    if is_own_output(Path(path)) and not (suggestions and is_suggestions(Path(path))):
        if unread is not None:
            ours = f"passed over, being an output of classify: {path}"
            unread(f"passed over, being labels and no document: {path}" if is_of_labels(Path(path)) else ours)
        return []
    try:
        return _read_path(path, unread)
    except (InputError, LabelError) as error:
        if unread is not None:
            unread(str(error))
        return []


def _read_path(path: str, unread: Callable[[str], object] | None) -> list[Candidate]:
    if Path(path).suffix.lower() in ENDINGS:
        rows = table_rows(path, unread)
        return [_candidate(row, path, where) for where, row in rows if str(row.get("text") or "").strip()]
    found: list[Candidate] = []
    for document in read_all(path):
        if not isinstance(document, Unread):
            found += [Candidate(one.text, document.name) for one in split(document) if one.kind != "boilerplate"]
        elif unread is not None:
            unread(str(document.error))
    return found


def _candidate(row: Mapping[str, JsonValue], path: str, where: str) -> Candidate:
    doc = str(row.get("doc") or row.get("file") or f"{path}:{where}")
    facts = {key: row[key] for key in _FACTS if row.get(key)}
    return Candidate(str(row["text"]), doc, str(row.get("reason") or ""), facts)
