"""What readers of many formats say alike: a package is missing, a file is damaged."""

from typing import NoReturn

from classifier.errors import InputError, MissingExtraError


def missing(name: str, what: str, error: ImportError, extra: str = "documents") -> NoReturn:
    """Raise MissingExtraError: reading `what` (in the plural) needs an optional package."""
    install = f'pip install "local-government-classifier[{extra}]"'
    raise MissingExtraError(f"{name}: reading {what} needs an extra package; install it with: {install}") from error


def damaged(name: str, what: str, error: Exception) -> NoReturn:
    """Raise InputError: the file is not a whole `what`."""
    reason = " ".join(str(error).split()) or type(error).__name__
    raise InputError(f"{name}: cannot be read as a {what}: {reason}; open it and save it again") from error
