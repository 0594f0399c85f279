"""Open documents on disk, so that a server that is started again shows them: a file each, for its owner's eyes only.

What is kept is the document as it was read (text, blocks, notes), not the file that was sent; it is named by the
sheet's id, never by what a browser said.
"""

import json
import os
import re
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any, get_args

from classifier.documents.document import Block, Document, Role
from classifier.documents.notes import Note
from classifier.platforms import replace

FORMAT = 1  # of the files: raise it when an older program could not read them
MOST = 100_000_000  # bytes of all files together
_ID = re.compile(r"[A-Za-z0-9_-]{16}")
_ENDING = ".json"
_ROLES = frozenset(get_args(Role))


class KeptDocuments:
    """A folder of kept documents. Nothing in it is trusted: what does not fit is left out and stays where it is."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def all(self) -> Iterator[tuple[str, Document]]:
        """Yield the kept documents with their ids, the oldest first. The folder need not be there."""
        files = [(path.stat().st_mtime_ns, path) for path in self._files()]
        for _, path in sorted(files):
            document = _read(path)
            if document is not None:
                yield path.stem, document

    def keep(self, id_: str, document: Document) -> list[str]:
        """Keep a document; return the ids of older ones that had to go, since all together are too large.

        Raises OSError where it cannot be written. One that is larger than all may be is not kept.
        """
        data = _as_json(document).encode()
        if len(data) > MOST:
            return []
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.folder.chmod(0o700)  # it may be an older one, or the parents' permissions may have been wider
        handle, part = tempfile.mkstemp(dir=self.folder, suffix=".part")  # readable by its owner only
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            replace(Path(part), self._path(id_))
        finally:
            Path(part).unlink(missing_ok=True)
        return self._make_room()

    def forget(self, id_: str) -> None:
        """Delete a kept document, if it is there."""
        if _ID.fullmatch(id_):
            self._path(id_).unlink(missing_ok=True)

    def _make_room(self) -> list[str]:
        """Delete the oldest files until the others fit."""
        files = sorted((path.stat().st_mtime_ns, path.stat().st_size, path) for path in self._files())
        size, gone = sum(one for _, one, _ in files), []
        for _, one, path in files:
            if size <= MOST:
                break
            path.unlink(missing_ok=True)
            size -= one
            gone.append(path.stem)
        return gone

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return [
                path
                for path in self.folder.iterdir()
                if path.suffix == _ENDING and _ID.fullmatch(path.stem) and path.is_file() and not path.is_symlink()
            ]
        return []

    def _path(self, id_: str) -> Path:
        return self.folder / f"{id_}{_ENDING}"


def _as_json(document: Document) -> str:
    """Return a document as JSON, in ASCII: half a character in a text comes back as it was."""
    blocks = [
        [block.text, block.role, block.level, block.page, block.recognised, *([block.cells] if block.cells else [])]
        for block in document.blocks
    ]
    return json.dumps({
        "format": FORMAT, "name": document.name, "kind": document.format, "encoding": document.encoding,
        "text": None if blocks else document.text, "blocks": blocks,
        "notes": [note.as_row() for note in document.notes], "metadata": dict(document.metadata),
    })  # fmt: skip


def _read(path: Path) -> Document | None:
    """Return a kept document, None where the file is damaged, of another program, or of a newer one."""
    try:
        row = json.loads(path.read_text(encoding="ascii"))
        return _document(row) if isinstance(row, dict) and row.get("format") == FORMAT else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def _document(row: Mapping[str, Any]) -> Document:
    blocks = tuple(_block(*one) for one in row["blocks"])
    text = "\n".join(block.text for block in blocks) if blocks else row["text"]
    metadata = {str(key): str(value) for key, value in row["metadata"].items()}
    encoding = row["encoding"]
    if not isinstance(text, str) or not text.strip():
        raise ValueError("no text")
    return Document(
        str(row["name"]), text, str(row["kind"]), None if encoding is None else str(encoding), blocks,
        tuple(Note.of_row(one) for one in row["notes"]), MappingProxyType(metadata),
    )  # fmt: skip


def _block(
    text: str, role: Role, level: int | None, page: int | None, recognised: bool, cells: Sequence[Sequence[str]] = ()
) -> Block:
    numbers = all(one is None or isinstance(one, int) for one in (level, page))
    if not isinstance(text, str) or role not in _ROLES or not numbers:
        raise ValueError("no block")
    kept = tuple((str(name), str(cell)) for name, cell in cells)
    return Block(text, role, level, page, bool(recognised), kept)
