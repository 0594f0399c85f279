"""What this program wrote for people to read, told from its content: no source of a later run that reads its folder."""

import zipfile
from pathlib import Path

from classifier.unzip import BROKEN

MARK = "local-government-classifier"
"""Stands among a document's or workbook's keywords, and as a web page's generator."""
_PACKAGES = {".docx", ".xlsx"}
_PAGES = {".html", ".htm"}
_CORE = "docProps/core.xml"
_LOOKED_AT = 1 << 13  # bytes of a page's head, and of a package's properties


def is_own_output(path: Path) -> bool:
    """Tell whether a file bears the mark of an extract, a report, labelled documents or a table to correct.

    Scored tables bear none: they are read on. A file that cannot be read is somebody else's matter.
    """
    ending = path.suffix.lower()
    try:
        if ending in _PAGES:
            with path.open("rb") as stream:
                return f'<meta name="generator" content="{MARK}">'.encode() in stream.read(_LOOKED_AT)
        if ending in _PACKAGES:
            with zipfile.ZipFile(path) as archive, archive.open(_CORE) as part:
                return f">{MARK}<".encode() in part.read(_LOOKED_AT)
    except (*BROKEN, KeyError):  # KeyError: has no such part
        return False
    return False
