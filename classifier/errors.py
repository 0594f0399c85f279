"""The errors that this library raises: each message says what failed, where, and what to do."""

import re
import sys
from pathlib import Path

_PROJECT = "local-government-classifier"
_BY_PIP = rf'pip install "{_PROJECT}\[(\w+)\]"'


class ClassifierError(Exception):
    """Base class: catch this to catch all that the library raises on purpose."""


class InputError(ClassifierError):
    """A document that cannot be read: missing, empty, binary or of an unknown kind."""


class MissingExtraError(InputError):
    """A document needs an optional package that is not installed; the message names what brings it here."""

    def __init__(self, message: str) -> None:
        super().__init__(obtainable(message))


class LabelError(ClassifierError):
    """A taxonomy or label file that does not fit its format."""


class TableError(InputError, LabelError):
    """A table that cannot be read, whether it was to be scored or its labels imported: damaged, without headings."""


class ModelError(ClassifierError):
    """A stored model that is missing, damaged, untrusted or made for another version."""


class TrainingError(ClassifierError):
    """Labels from which no model can be learnt."""


class BulkError(ClassifierError):
    """A run of bulk scoring that had to stop, or that cannot be gone on with."""


class ServerError(ClassifierError):
    """A server that would not be safe, or cannot be started."""


def obtainable(message: str) -> str:
    """Return a message with a new bundle in place of `pip install …` where a bundle made this environment.

    There is no pip there and no network, and another pip would install elsewhere, whatever it found under that name.
    """
    import json  # noqa: PLC0415 - hardly ever

    try:
        wanted = json.loads(Path(sys.prefix, "bundle.json").read_text(encoding="utf-8"))["install"]
    except (OSError, ValueError, LookupError, TypeError):
        return message
    if not str(wanted).startswith(_PROJECT):
        return message
    here = re.findall(r"\w+", wanted.partition("[")[2])

    def bundle(found: re.Match[str]) -> str:
        return f"a new bundle (scripts/bundle.py --extras {','.join(dict.fromkeys([*here, found[1]]))})"

    return re.sub(_BY_PIP, bundle, message)
