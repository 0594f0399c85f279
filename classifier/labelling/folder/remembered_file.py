"""One file of a labels folder as it was read: its lines understood, those that come anew or change understood again."""

from collections.abc import Iterator
from pathlib import Path

from classifier.errors import LabelError
from classifier.labelling.folder.looked_at import Look, LookedAt, News
from classifier.labelling.label_file import BYTE_ORDER_MARK, Understand, row_of
from classifier.labelling.labelled_paragraph import LabelledParagraph

Decisions = list[LabelledParagraph]


class RememberedFile:
    """What the lines of a file say. `batch`: whether it is one, into which programs alone write."""

    def __init__(self, path: Path, *, batch: bool) -> None:
        self.path = path
        self.batch = batch
        self._file = LookedAt(path, grows=batch, torn=batch)
        self._rows: list[LabelledParagraph | None] = []  # by line
        self._damage: dict[int, list[LabelError]] = {}  # by line, from 1
        self._unread: LabelError | None = None

    @property
    def decisions(self) -> Iterator[LabelledParagraph]:
        """Those of all lines, in order."""
        return (row for row in self._rows if row is not None)

    @property
    def damage(self) -> Iterator[str]:
        """What could not be understood, each with the file and the line."""
        yield from (str(error) for number in sorted(self._damage) for error in self._damage[number])
        if self._unread is not None:
            yield str(self._unread)

    def is_as(self, look: Look | None) -> bool:
        """Tell whether a look is enough to know that the file is as it was."""
        return self._file.is_as(look)

    def read(self, look: Look, understand: Understand, *, sure: bool = False) -> tuple[Decisions, Decisions] | None:
        """Read what has changed by a look taken just now; return what is gone and what is new, None for neither.

        `sure` as in `LookedAt.news`. Raises nothing: what cannot be read or understood is damage.
        """
        self._unread = None
        try:
            news = self._file.news(look, sure=sure)
        except FileNotFoundError:  # a batch that was taken back meanwhile
            news = News(0, [])
        except OSError as error:
            news, self._unread = News(0, []), self._not_read(str(error))
        if news is None:
            return None
        if news.broken:
            self._unread = self._not_read(news.broken)
        gone = [row for row in self._rows[news.kept :] if row is not None]
        del self._rows[news.kept :]
        self._damage = {number: errors for number, errors in self._damage.items() if number <= news.kept}
        for number, line in enumerate(news.lines, start=news.kept + 1):
            self._rows.append(self._understood(number, line, understand))
        return gone, [row for row in self._rows[news.kept :] if row is not None]

    def _understood(self, number: int, line: bytes, understand: Understand) -> LabelledParagraph | None:
        damage: list[LabelError] = []
        where = f"{self.path}:{number}"
        found = None
        try:
            row = row_of(line.removeprefix(BYTE_ORDER_MARK) if number == 1 else line, where, damage.append)
            found = understand(row, where) if row is not None else None
        except LabelError as error:
            damage.append(error)
        if damage:
            self._damage[number] = damage
        return found

    def _not_read(self, why: str) -> LabelError:
        return LabelError(f"{self.path}: cannot be read: {why}")
