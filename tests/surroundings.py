"""What tests may find around them: the language, terminal, make, git hook and proxy of whoever runs them say nothing to them."""

import signal
from collections.abc import MutableMapping

# What messages, tables and colours follow (rich and make read more than ours do), and what a git hook, a proxy or a shell
# that starts another would hand on. A test that is about one of these sets it itself.
_NAMES = (
    "LANGUAGE", "COLUMNS", "LINES", "TERM", "NO_COLOR", "FORCE_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "PY_COLORS",
    "TTY_COMPATIBLE", "TTY_INTERACTIVE", "GITHUB_ACTIONS", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "BASH_ENV", "CDPATH",
    "SOURCE_DATE_EPOCH", *(form(f"{one}_proxy") for one in ("http", "https", "all") for form in (str.lower, str.upper)),
)  # fmt: skip
_BEGINNINGS = ("LC_", "GIT_", "CLASSIFIER_", "PYTHON", "TYPER_")
# Where modules lie and are kept, and what makes two runs differ: whoever sets these means them.
_KEPT = {"PYTHONPATH", "PYTHONHOME", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX", "PYTHONHASHSEED"}


def held_still(environment: MutableMapping[str, str]) -> None:
    """Take out of an environment what a test's outcome must not depend on, and say the language: none."""
    for name in list(environment):
        if name in _NAMES or (name.startswith(_BEGINNINGS) and name not in _KEPT):
            del environment[name]
    environment["LANG"] = "C.UTF-8"


def heed_interrupts() -> None:
    """Let Ctrl-C reach commands that tests start, though a shell began the tests in the background, where it is ignored."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)
