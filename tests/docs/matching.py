"""Whether a command shows what a page says it shows."""

import re
from collections.abc import Sequence

# Versions of models and batches of labels are named by the time: a page's name for one stands for whatever it is called
# in the test, the same wherever it comes up again.
_NAMED_BY_TIME = r"\d{8}-[0-9a-f]{6}|\d{8}T\d{6}-\d{4}"
_PARTS = re.compile(rf"(?P<rest>^…\n)|(?P<cut>…)|(?P<name>{_NAMED_BY_TIME})", re.MULTILINE)
_STYLE = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


class Names:
    """What a page's names for versions and batches are called in this run."""

    def __init__(self, *known: str) -> None:
        self._real = {one: one for one in known}

    def put_in(self, command: str) -> str:
        """Return a command with the names of this run."""
        return re.sub(_NAMED_BY_TIME, lambda found: self._real.get(found[0], found[0]), command)

    def fits(self, expected: Sequence[str], shown: str) -> bool:
        """Tell whether a command shows this; where it does, keep the names that came up first."""
        new: dict[str, str] = {}
        pattern, at, text = "", 0, "".join(f"{one}\n" for one in expected)
        for part in _PARTS.finditer(text):
            pattern += re.escape(text[at : part.start()])
            if part["rest"]:
                pattern += r"(?:.*\n)*?"
            elif part["cut"]:
                pattern += r".*"
            else:
                pattern += self._name(part["name"], new)
            at = part.end()
        found = re.fullmatch(pattern + re.escape(text[at:]), tidied(shown))
        if not found:
            return False
        first = {name: found[group] for name, group in new.items()}
        if set(first.values()) & set(self._real.values()):  # a second name for the same
            return False
        self._real |= first
        return True

    def _name(self, name: str, new: dict[str, str]) -> str:
        if name in self._real:
            return re.escape(self._real[name])
        if name in new:
            return f"(?P={new[name]})"
        new[name] = f"name{len(new)}"
        return rf"(?P<{new[name]}>{r'[0-9]{8}T[0-9]{6}-[0-9]{4}' if 'T' in name else r'[0-9]{8}-[0-9a-f]{6}'})"


def tidied(shown: str) -> str:
    """Return what stands on a screen at the end: no styles, no lines written over, no blanks at ends."""
    lines = (one.rpartition("\r")[2].rstrip() for one in _STYLE.sub("", shown).rstrip("\n").split("\n"))
    text = "\n".join(lines)
    return f"{text}\n" if text else ""
