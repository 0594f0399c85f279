"""Names of files as people read them, whatever bytes a system keeps them as."""

import re

_HALF = re.compile("[\ud800-\udfff]")
_PART = re.compile("[^/]+")  # of a path; each may have an encoding of its own


def readable(path: str) -> str:
    """Return a path whose names no output chokes on.

    Linux keeps names as bytes, and those of an archive from Windows, unpacked there, are often GBK: Python holds them
    as half characters, which no file can. They are read as GB18030; what is not that either is marked as lost.
    """
    return _PART.sub(_readable, path) if _HALF.search(path) else path


def _readable(found: re.Match[str]) -> str:
    part = found[0]
    if not _HALF.search(part):
        return part
    try:
        return part.encode("utf-8", "surrogateescape").decode("gb18030")
    except UnicodeError:
        return _HALF.sub("\ufffd", part)
