"""Single keys from a terminal. The mode is set once for all keys: what is typed ahead is not lost between two."""

import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

_SEQUENCE = re.compile(r"\x1b(\[[0-9;]*[A-Za-z~]|O.|.)?")  # arrows and function keys: not keys of ours
_PREFIXES = ("\x00", "\xe0")  # begin such a key on Windows


def _key_on_windows() -> str:
    """Return the next key; arrows and function keys come as two characters there and are none of ours."""
    while len(key := typer.getchar()) > 1 or key in _PREFIXES:
        pass
    return key


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """Yield a function that waits for the next key; it raises EOFError where the terminal is gone."""
    try:
        import termios  # noqa: PLC0415 - not on Windows
        import tty  # noqa: PLC0415
    except ImportError:
        yield _key_on_windows
        return
    terminal = sys.stdin.fileno()
    before = termios.tcgetattr(terminal)
    waiting: deque[str] = deque()

    def next_key() -> str:
        while not waiting:
            data = os.read(terminal, 1024)
            if not data:
                raise EOFError
            waiting.extend(_SEQUENCE.sub("", data.decode(errors="ignore")))
        return waiting.popleft()

    try:
        tty.setcbreak(terminal, termios.TCSANOW)
        yield next_key
    finally:
        termios.tcsetattr(terminal, termios.TCSADRAIN, before)
