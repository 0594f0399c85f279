"""A file that a stranger sent, as a document: its name is only a name, and it cannot grow without end."""

import re
from pathlib import PurePosixPath, PureWindowsPath

from classifier.documents.document import Document
from classifier.documents.read import from_bytes
from classifier.errors import InputError
from classifier.json_types import JsonObject, JsonValue
from classifier.unzip import BROKEN, check_unpacked_size

_NAME, _FOLDER = 200, 60  # characters
_DEPTH = 8  # folders that are named
_SLASH = re.compile(r"[/\\]")


def form(properties: JsonObject, **more: JsonValue) -> dict[str, object]:
    """Return what the API's description says of a form that is sent: its fields, and what else their schema has."""
    schema = {"type": "object", **more, "properties": properties}
    return {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": schema}}}}


def open_bytes(data: bytes, name: str, *, folders: bool = False) -> Document:
    """Return the document in an uploaded file. Raises InputError where there is nothing to label.

    `folders`: the name is a path below a folder that was chosen, and is shown as such.
    """
    plain = plain_path(name) if folders else plain_name(name)
    if not data.strip():
        raise InputError(f"{plain}: the file is empty; nothing to label")
    if data.startswith(b"PK\x03\x04"):
        check_size(data, plain)
    return from_bytes(data, plain)


def plain_name(name: str) -> str:
    """Return a file's name without folders and without characters that only machines see; it keeps its ending."""
    last = PurePosixPath(PureWindowsPath(name).name).name
    shown = "".join(one for one in last if one.isprintable()).strip() or "file"
    return shown if len(shown) <= _NAME else shown[: _NAME - 10] + "…" + shown[-9:]


def plain_path(name: str) -> str:
    """Return a file's name with the folders it was chosen with (材料/甲县/报告.txt), for people to read only.

    Of folders that lead elsewhere (.., C:) nothing is left; at most the nearest eight are named.
    """
    shown = ["".join(one for one in part if one.isprintable()).strip() for part in _SLASH.split(name)]
    *folders, last = [part for part in shown if part.strip(" .")] or ["file"]
    named = [part[:_FOLDER] for part in folders if not part.endswith(":")]
    return "/".join([*[part for part in named if part.strip(" .")][-_DEPTH:], plain_name(last)])


def check_size(data: bytes, name: str) -> None:
    """Raise InputError where an Office file would unpack to more than any office writes."""
    try:
        check_unpacked_size(data, name, InputError)
    except BROKEN as error:
        raise InputError(f"{name}: is damaged: {error}; open it and save it again") from error
