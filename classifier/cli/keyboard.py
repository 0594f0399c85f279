"""Single keys from a terminal. The mode is set once for all keys: what is typed ahead is not lost between two."""

import os
import re
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import typer

_SEQUENCE = re.compile(r"\x1b(\[[0-9;]*[A-Za-z~]|O.|.)?")  # arrows and function keys: not keys of ours


@contextmanager
def keys() -> Iterator[Callable[[], str]]:
    """Yield a function that waits for the next key; it raises EOFError where the terminal is gone."""
    try:
        import termios  # noqa: PLC0415 - not on Windows
        import tty  # noqa: PLC0415
    except ImportError:
        yield typer.getchar
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
