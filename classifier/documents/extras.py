"""What readers of many formats say alike: a package is missing, a file is damaged."""

from typing import NoReturn

from classifier.errors import InputError, MissingExtraError

LIBRARY = "on Linux install libstdc++6, on Windows the Microsoft Visual C++ 2015-2022 runtime (x64)"


def unloadable(error: ImportError) -> str:
    """Return why an installed package cannot be loaded (a library of the system is missing); "" for no such reason."""
    return "" if isinstance(error, ModuleNotFoundError) else " ".join(str(error).split())


def missing(name: str, what: str, error: ImportError, extra: str = "documents") -> NoReturn:
    """Raise MissingExtraError: reading `what` (in the plural) needs an optional package, or what that needs itself."""
    if reason := unloadable(error):
        raise MissingExtraError(
            f"{name}: what reads {what} is installed but cannot be loaded ({reason}): {LIBRARY}"
        ) from error
    install = f'pip install "local-government-classifier[{extra}]"'
    raise MissingExtraError(f"{name}: reading {what} needs an extra package; install it with: {install}") from error


def damaged(name: str, what: str, error: Exception) -> NoReturn:
    """Raise InputError: the file is not a whole `what`."""
    reason = " ".join(str(error).split()) or type(error).__name__
    raise InputError(f"{name}: cannot be read as a {what}: {reason}; open it and save it again") from error
