"""Old office files (OLE, [MS-CFB]): whose they are, by their streams where those can be read, else by their ending."""

from dataclasses import dataclass
from pathlib import PurePath

from classifier.tables.ole_directory import root_streams

OLE = bytes.fromhex("d0cf11e0a1b11ae1")
"""The bytes that such a file begins with."""

_STREAMS = (  # the stream that only this format's files have, as its directory spells it
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "ppt"),
    ("MatOST", "works"),
    ("EncryptedPackage", "encrypted"),
)
_PROGRAMS = {  # ending → the program that writes it, and the kind of file
    ".doc": ("Word", "doc"), ".dot": ("Word", "doc"), ".wps": ("WPS", "doc"), ".wpt": ("WPS", "doc"),
    ".xls": ("Excel", "xls"), ".xlt": ("Excel", "xls"), ".et": ("WPS", "xls"), ".ett": ("WPS", "xls"),
    ".ppt": ("PowerPoint", "ppt"), ".pps": ("PowerPoint", "ppt"), ".dps": ("WPS", "ppt"),
}  # fmt: skip
_KINDS = {"doc": ("Word", ".docx"), "xls": ("Excel", ".xlsx"), "ppt": ("PowerPoint", ".pdf")}


@dataclass(frozen=True)
class OldOffice:
    """`kind`: doc, xls, ppt, works, encrypted; ole where neither content nor ending tells.

    `program`: whose file it is, to be named to people: Word, Excel, PowerPoint, WPS, else Office. `save_as`: the ending
    under which that program saves what is read.
    """

    kind: str
    program: str
    save_as: str


def old_office_kind(data: bytes) -> str:
    """Return the kind by the streams at the root, in a damaged file by names anywhere in it; ole where none tells."""
    names = root_streams(data)
    for stream, kind in _STREAMS:
        if stream in names or (not names and stream.encode("utf-16-le") in data):
            return kind
    return "ole"


def old_office(data: bytes, name: str) -> OldOffice:
    """Return whose file it is. `name`: its ending counts where the content does not tell, and tells WPS from others."""
    kind = old_office_kind(data)
    by_name, kind_by_name = _PROGRAMS.get(PurePath(name).suffix.lower(), ("Office", "ole"))
    if kind == "ole":
        kind = kind_by_name
    program, save_as = _KINDS.get(kind, ("Office", ".docx"))
    return OldOffice(kind, by_name if kind == kind_by_name else program, save_as)
