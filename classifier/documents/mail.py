"""Mails (.eml) and web pages saved as one (.mht, .mhtml), both MIME messages (RFC 5322, 2045-2047, 2557).

The standard library takes them apart; what Chinese mailers do beside the standards is in mail_headers.py.
"""

import base64
import binascii
import email
import email.errors
import email.policy
import quopri
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email.message import Message

from classifier.documents.document import Block, Reading
from classifier.documents.extras import damaged
from classifier.documents.mail_headers import decoded, file_name, header_text
from classifier.documents.notes import Note
from classifier.documents.web_page import read_html
from classifier.errors import InputError

_SHOWN = ("From", "To", "Cc", "Date")
_SHORT = 100  # characters of a plain text that may only point to the page beside it
_DEEPEST = 40
_WORD_PARTS = re.compile(r"(?:header|footer|filelist|plchdr|themedata|colorschememapping)\.\w+$", re.IGNORECASE)
_SAID_OF_ITSELF = re.compile(r"(<(?:meta|\?xml)\b[^>]*\b(?:charset|encoding)\s*=\s*[\"']?)[\w:-]+", re.IGNORECASE)
_HEAD = 20_000  # characters in which a page says its encoding
_FRAMES = re.compile(r"<frameset\b", re.IGNORECASE)


def read_eml(data: bytes, name: str) -> Reading:
    """Return a mail: its subject as a heading, sender, receivers and date as furniture, then its text.

    The plain text where there is one, else the page; a mail inside is read the same way after it. Attachments are
    named in a note. Raises InputError.
    """
    parts = _Parts(name)
    message = _parsed(data, name)
    try:
        blocks = list(_mail(message, parts, 0))
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - the email package raises what it meets in malformed headers
        damaged(name, "mail", error)
    metadata = {
        "title": header_text(message, "Subject"),
        "date": header_text(message, "Date"),
        "source": header_text(message, "From"),
    }
    metadata = {key: value for key, value in metadata.items() if value}
    return Reading(blocks, notes=[*parts.notes(), *_cut_off(message)], encoding=parts.encoding, metadata=metadata)


def read_mht(data: bytes, name: str) -> Reading:
    """Return the text of a web page or Word document saved as one file. Raises InputError."""
    message = _parsed(data, name)
    try:
        pages = [one for one in message.walk() if one.get_content_type() in {"text/html", "application/xhtml+xml"}]
        chosen = _root_pages(message, pages)
        others = [_location(page) for page in pages if page not in chosen]
        pictures = sum(one.get_content_maintype() == "image" for one in message.walk())
        readings = [_page(one, name) for one in chosen]
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001 - as above
        damaged(name, "web archive (.mht)", error)
    if not readings:
        return read_eml(data, name)
    notes = [note for reading in readings for note in reading.notes]
    notes += [Note("pictures", pictures)] if pictures else []
    others = [one for one in others if not _WORD_PARTS.search(one)]
    notes += [Note("attachments", len(others), what="、".join(others))] if others else []
    notes += _cut_off(message)
    if len(readings) == 1:
        return replace(readings[0], notes=notes)
    return Reading(
        [block for reading in readings for block in _blocks_of(reading)], notes=notes, encoding=readings[0].encoding
    )


def _cut_off(message: Message) -> list[Note]:
    """Return a note where the line that ends a message of several parts is missing."""
    defects = (type(defect) for part in message.walk() for defect in part.defects)
    return [Note("cut_off")] if email.errors.CloseBoundaryNotFoundDefect in defects else []


def _parsed(data: bytes, name: str) -> Message:
    try:
        return email.message_from_bytes(data.removeprefix(b"\xef\xbb\xbf").lstrip(), policy=email.policy.compat32)
    except (ValueError, LookupError, RecursionError, TypeError, AttributeError) as error:
        damaged(name, "mail", error)


@dataclass
class _Parts:
    """What is found beside the text of a mail."""

    name: str
    attachments: list[str] = field(default_factory=list)
    pictures: int = 0
    other: list[Note] = field(default_factory=list)
    encoding: str | None = None

    def notes(self) -> list[Note]:
        found = [*self.other]
        if self.attachments:
            found.append(Note("attachments", len(self.attachments), what="、".join(self.attachments)))
        return [*found, Note("pictures", self.pictures)] if self.pictures else found

    def leave(self, part: Message) -> None:
        """Note a part that is not read."""
        named = file_name(part)
        if part.get_content_maintype() == "image" and not named:
            self.pictures += 1
        else:
            self.attachments.append(named or part.get_content_type())


def _mail(message: Message, parts: _Parts, depth: int) -> Iterator[Block]:
    subject = header_text(message, "Subject")
    if subject:
        yield Block(subject, "heading", 1)
    for header in _SHOWN:
        value = header_text(message, header)
        if value:
            yield Block(f"{header}: {value}", "furniture")
    yield from _body(message, parts, depth)


def _body(part: Message, parts: _Parts, depth: int) -> Iterator[Block]:
    """Yield the text of a part and those in it."""
    kind = part.get_content_type()
    inside = [one for one in part.get_payload() if isinstance(one, Message)] if part.is_multipart() else []
    if depth > _DEEPEST:
        parts.leave(part)
    elif kind == "message/rfc822" and inside:
        yield from _mail(_unwrapped(part, inside[0]), parts, depth + 1)
    elif kind == "multipart/alternative":
        yield from _alternative(inside, parts, depth + 1)
    elif inside:
        for one in inside:
            yield from _body(one, parts, depth + 1)
    elif part.get_content_disposition() == "attachment" or kind not in {"text/plain", "text/html"}:
        parts.leave(part)
    else:
        yield from _plain(part, parts) if kind == "text/plain" else _html(part, parts)


def _unwrapped(part: Message, inner: Message) -> Message:
    """Return the mail in a part. RFC 2046 forbids to encode it, GroupWise does."""
    coding = str(part.get("Content-Transfer-Encoding", "")).strip().lower()
    if coding not in {"base64", "quoted-printable"} or inner.keys():
        return inner
    text = str(inner.get_payload())
    try:
        data = base64.b64decode(text) if coding == "base64" else quopri.decodestring(text)
    except (binascii.Error, ValueError):
        return inner
    return email.message_from_bytes(data, policy=email.policy.compat32)


def _alternative(choices: list[Message], parts: _Parts, depth: int) -> Iterator[Block]:
    """Yield the plain text of several ways to say the same; the page where the plain text is hardly one."""
    plain = next((choice for choice in choices if choice.get_content_type() == "text/plain"), None)
    others = [choice for choice in choices if choice is not plain]
    found = list(_body(plain, parts, depth)) if plain is not None else []
    if _size(found) < _SHORT and others:
        rich = list(_body(others[0], parts, depth))
        found = rich if _size(rich) > _size(found) else found
    yield from found


def _size(blocks: list[Block]) -> int:
    return sum(len("".join(block.text.split())) for block in blocks)


def _plain(part: Message, parts: _Parts) -> Iterator[Block]:
    text, parts.encoding = _text(part, parts.name)
    if str(part.get_param("format", "")).lower() == "flowed":  # RFC 3676: a space at its end continues a line
        between = "" if str(part.get_param("delsp", "")).lower() == "yes" else " "
        text = re.sub(r"(?<!^--) \r?\n(?=[^>\r\n ])", between, text, flags=re.MULTILINE)
    for line in text.splitlines():
        yield Block(line)


def _html(part: Message, parts: _Parts) -> Iterator[Block]:
    reading = _page(part, parts.name)
    parts.other += reading.notes
    parts.encoding = reading.encoding
    yield from _blocks_of(reading)


def _blocks_of(reading: Reading) -> Iterator[Block]:
    yield from reading.blocks or (Block(line) for line in reading.text.splitlines())


def _page(part: Message, name: str) -> Reading:
    """Read an HTML part; the encoding that the message names counts before what the page says of itself."""
    if part.get_content_charset() is None:
        return read_html(_payload(part), name)
    text, encoding = _text(part, name)
    head, rest = text[:_HEAD], text[_HEAD:]
    page = _SAID_OF_ITSELF.sub(r"\1utf-8", head) + rest
    return replace(read_html(page.encode("utf-8", "replace"), name), encoding=encoding)


def _root_pages(message: Message, pages: list[Message]) -> list[Message]:
    """Return the page that others belong to; all where it is but a frame for them."""
    start = str(message.get_param("start", "") or "")
    root = next((page for page in pages if start and str(page.get("Content-ID", "")).strip() == start.strip()), None)
    root = root or next(iter(pages), None)
    if root is None:
        return []
    return pages if _FRAMES.search(_payload(root)[:_HEAD].decode("latin-1")) else [root]


def _location(part: Message) -> str:
    return str(part.get("Content-Location") or part.get_content_type()).strip()


def _payload(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _text(part: Message, name: str) -> tuple[str, str]:
    """Return a text part decoded, and its encoding: the one it names where it fits the bytes."""
    data = _payload(part)
    named = str(part.get_content_charset() or "")
    if not data.strip():
        return "", named
    return decoded(data, named, name)
