"""What differs between Windows, macOS and Linux: names, files in use, processes, consoles, the system's language."""

import codecs
import ctypes
import errno
import io
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from pathlib import Path

_RESERVED = frozenset(
    [
        "CON",
        "PRN",
        "AUX",
        "NUL",
        "CONIN$",
        "CONOUT$",
        *(f"{port}{n}" for port in ("COM", "LPT") for n in "123456789¹²³"),
    ]
)  # devices on Windows, whatever ending the name has
_FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?*]')
_LONGEST = 200  # bytes of a name; file systems take 255, and temporary neighbours are a little longer
_BLAS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS")
_WAITS = (0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0)  # seconds between tries; a virus scanner lets go by then
_POOL_ON_WINDOWS = 61  # processes that one call of Windows can wait for
_IN_USE = {errno.EADDRINUSE, 10013, 10048}  # Windows says of a port in use that it is forbidden, or its own number
_CHINESE = 0x04  # Windows' primary language id
_BAR = range(0x2580, 0x25A0)  # block elements, of which bars are made
PLAIN = "classifier.plain"
"""A codec error handler: what a console's code page lacks is written as \\uXXXX, bars as #."""


def on_windows() -> bool:
    """Tell whether this is Windows."""
    return sys.platform == "win32"


def may_lack_chinese_fonts() -> bool:
    """Tell whether this system may have no font with Chinese characters; Windows and macOS come with some."""
    return not on_windows() and sys.platform != "darwin"


def is_plain_name(name: str) -> bool:
    """Tell whether a file or folder can have this name on every system: no path, no device, no hidden file."""
    if not name or name != name.strip() or name.startswith(".") or name.endswith(".") or _FORBIDDEN.search(name):
        return False
    fits = len(name.encode("utf-8", "surrogatepass")) <= _LONGEST
    return fits and name.partition(".")[0].strip().upper() not in _RESERVED


def shown_place(where: str) -> str:
    """Return a place ("folder/…/file:line") by its last folder and file, in whichever way its system writes paths."""
    return "/".join(re.split(r"[/\\]", where)[-2:])


def replace(source: Path, target: Path) -> None:
    """Move a file or folder to its place; wait on Windows while another program has either open.

    Raises PermissionError where that takes longer than two seconds, as os.replace does.
    """
    _persistently(lambda: os.replace(source, target))  # noqa: PTH105 - tests and readers see what is called


def rename(source: Path, target: Path) -> None:
    """Give a folder another name; wait on Windows while another program has it open.

    Raises OSError where a folder with that name and something in it is there, or where waiting takes longer than two
    seconds.
    """
    _persistently(lambda: os.rename(source, target))  # noqa: PTH104 - as above


def _persistently(change: Callable[[], None]) -> None:
    for wait in _WAITS if on_windows() else ():
        try:
            return change()
        except PermissionError:  # a sharing violation is told so; elsewhere open files can be replaced
            time.sleep(wait)
    return change()


def end_with_children(pid: int, how: str) -> None:
    """Send a signal (SIGTERM, SIGKILL) to a process that leads a group and to all that it began.

    Windows has neither groups of that kind nor SIGTERM: there the process and its children are ended. What has ended
    already is no error.
    """
    if on_windows():
        ender = Path(os.environ.get("SYSTEMROOT", r"C:\Windows"), "System32", "taskkill.exe")
        subprocess.run([ender, "/F", "/T", "/PID", str(pid)], check=False, capture_output=True)  # noqa: S603 - a number
        return
    with suppress(ProcessLookupError):
        os.killpg(pid, signal.Signals[how])


def most_workers(wanted: int) -> int:
    """Return how many processes of those wanted a pool can have here."""
    return min(wanted, _POOL_ON_WINDOWS) if on_windows() else wanted


def port_in_use(error: OSError) -> bool:
    """Tell whether listening failed since another program listens there."""
    return error.errno in _IN_USE


def speaks_chinese() -> bool:
    """Tell whether the system's messages are Chinese: by the environment, on Windows by its own setting."""
    for name in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := os.environ.get(name):
            return value.lower().startswith("zh")
    return on_windows() and _windows_language() & 0x3FF == _CHINESE


def _windows_language() -> int:
    windll = getattr(ctypes, "windll", None)
    return int(windll.kernel32.GetUserDefaultUILanguage()) if windll else 0


def prepare_output() -> None:
    """Let what is printed never fail for a character that the console's or pipe's encoding (GBK, say) lacks."""
    codecs.register_error(PLAIN, _plainly)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and codecs.lookup(stream.encoding).name != "utf-8":
            stream.reconfigure(errors=PLAIN)


def _plainly(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    lacking = error.object[error.start : error.end]
    shown = ("#" if ord(one) in _BAR else one.encode("ascii", "backslashreplace").decode("ascii") for one in lacking)
    return "".join(shown), error.end


@contextmanager
def one_thread_each() -> Generator[None, None, None]:
    """Let numerical libraries use one thread each: those imported here, and those of processes begun here.

    Labelling has no work for more, and those that wait spin.
    """
    before = {name: os.environ.get(name) for name in _BLAS}
    os.environ.update(dict.fromkeys(_BLAS, "1"))
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
