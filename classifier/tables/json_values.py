"""JSON that is no JSON Lines: an array, objects one after another over many lines, an array under a key."""

import json
import re
from collections.abc import Iterator
from typing import IO

from classifier.errors import TableError
from classifier.json_types import JsonValue

_DECODER = json.JSONDecoder()
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_PIECE = 1 << 20  # characters read at a time
_LONGEST = 64 << 20  # characters of one value
Value = tuple[int, str, JsonValue]  # the line on which it begins, its text on one line, the value


def values_of(stream: IO[str], name: str) -> Iterator[Value]:
    """Yield the values of a text in order: those of an array, else those that follow each other.

    A value's text is what stands in the file, but for line breaks, which JSON has only between its tokens. Raises
    TableError with the line where the text is no JSON or a value is longer than 64 million characters.
    """
    reader = _Reader(stream, name)
    array = reader.next_character() == "["
    if array:
        reader.skip("[")
        if reader.next_character() == "]":
            reader.skip("]")
            yield from reader.nothing_more()
            return
    while reader.next_character():
        yield reader.value()
        behind = reader.next_character()
        if array and behind == "]":
            reader.skip("]")
            yield from reader.nothing_more()
            return
        if (array and behind) or behind == ",":  # objects divided by commas, the brackets forgotten, are read as well
            reader.skip(",")
    if array:
        raise reader.wrong("the array is not closed: the file is not whole")


def records_under_a_key(text: str, value: JsonValue) -> tuple[str, str] | None:
    """Return the key under which an object holds its rows, and their array's text: {"RECORDS": [{…}, …]}.

    None where no or several keys hold an array of objects.
    """
    if not isinstance(value, dict) or isinstance(value.get("data"), dict):
        return None
    keys = [
        key for key, one in value.items() if isinstance(one, list) and one and all(isinstance(x, dict) for x in one)
    ]
    if len(keys) != 1 or any(isinstance(one, (str, dict)) for key, one in value.items() if key in _TEXTS):
        return None
    for match in re.finditer(rf"{re.escape(json.dumps(keys[0], ensure_ascii=False))}\s*:\s*(?=\[)", text):
        try:
            found, end = _DECODER.raw_decode(text, match.end())
        except (ValueError, RecursionError):
            continue
        if found == value[keys[0]]:
            return keys[0], text[match.end() : end]
    return None


_TEXTS = {"text", "文本", "sentence", "content", "正文", "内容"}


class _Reader:
    """A text of which pieces are read when they are needed."""

    def __init__(self, stream: IO[str], name: str) -> None:
        self._stream, self._name = stream, name
        self._text, self._at, self._line, self._column = "", 0, 1, 1
        self._whole = False

    def next_character(self) -> str:
        """Pass over white space and return the character behind it, "" at the end."""
        while True:
            end = _SPACE.match(self._text, self._at).end()  # type: ignore[union-attr]
            self._pass(end)
            if self._at < len(self._text):
                return self._text[self._at]
            if not self._more():
                return ""

    def skip(self, expected: str) -> None:
        """Pass over a character; raise TableError where another one stands there."""
        if self.next_character() != expected:
            raise self.wrong(f"{expected!r} is missing")
        self._pass(self._at + 1)

    def nothing_more(self) -> Iterator[Value]:
        """Raise TableError where something follows an array."""
        if self.next_character():
            raise self.wrong("something follows the array")
        return iter(())

    def value(self) -> Value:
        """Return the next value."""
        while True:
            try:
                found, end = _DECODER.raw_decode(self._text, self._at)
            except RecursionError as error:
                raise self.wrong("lists or objects stand in each other too deeply") from error
            except json.JSONDecodeError as error:
                if not self._more():
                    raise self._broken(error) from error
                continue
            if end < len(self._text) or not self._more():  # a number may go on
                break
        line, text = self._line, _BREAK.sub(" ", self._text[self._at : end])
        self._pass(end)
        return line, text, found

    def wrong(self, reason: str) -> TableError:
        """Return the error for the place that is reached."""
        return TableError(f"{self._name}: line {self._line}: not valid JSON: {reason}")

    def _broken(self, error: json.JSONDecodeError) -> TableError:
        line = self._line + self._text.count("\n", self._at, error.pos)
        if len(self._text) - self._at >= _LONGEST:
            return TableError(f"{self._name}: line {self._line}: not valid JSON, or a value of more than 64 MB")
        begins = self._text.rfind("\n", self._at, error.pos)
        column = self._column + error.pos - self._at if begins < 0 else error.pos - begins
        return TableError(
            f"{self._name}: line {line}: not valid JSON: {error.msg.removesuffix(' at')} at column {column:,}"
        )

    def _more(self) -> bool:
        if self._whole or len(self._text) - self._at >= _LONGEST:
            return False
        piece = self._stream.read(max(_PIECE, len(self._text) - self._at))  # twice as much each time
        self._whole = not piece
        if piece:  # else an error's position stays good
            self._text, self._at = self._text[self._at :] + piece, 0
        return bool(piece)

    def _pass(self, end: int) -> None:
        self._line += self._text.count("\n", self._at, end)
        begins = self._text.rfind("\n", self._at, end)
        self._column = self._column + end - self._at if begins < 0 else end - begins
        self._at = end
