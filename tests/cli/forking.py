"""Commands in processes of their own, forked from one that has imported the package already.

A test that starts the command anew waits a second for imports, and there are many. A forked command has its own
arguments, folder, environment and streams, runs main() and ends as the interpreter ends, exit code included.
"""

import atexit
import codecs
import contextlib
import functools
import gc
import importlib
import json
import os
import pty
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
_SECONDS = 1800  # then a command is ended, however busy the machine: one that trains on all labels takes minutes
_STREAMS = (("stdin", os.O_RDONLY), ("stdout", os.O_WRONLY), ("stderr", os.O_WRONLY))
_CODE = "from tests.cli.forking import serve; serve({}, {})"


def run(args: list[str], stdin: bytes, cwd: Path | None) -> subprocess.CompletedProcess[bytes]:
    """Run `classify ARGS` in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        streams = {name: Path(folder, name) for name, _ in _STREAMS}
        for name, path in streams.items():
            path.write_bytes(stdin if name == "stdin" else b"")
        code = _server().ask(_question(args, cwd, os.environ, {name: str(path) for name, path in streams.items()}))
        return subprocess.CompletedProcess(args, code, streams["stdout"].read_bytes(), streams["stderr"].read_bytes())


def run_on_terminal(
    args: list[str], cwd: Path, environment: Mapping[str, str], keys: str = "", prompt: str = ""
) -> tuple[int, str]:
    """Run `classify ARGS` on a terminal of its own; return its exit code and all that it showed.

    One of `keys` is pressed each time that `prompt` is shown.
    """
    screen, terminal = pty.openpty()
    shown: list[str] = []
    reader = threading.Thread(target=_read, args=(screen, shown, iter(keys), prompt), name="screen")
    reader.start()
    try:
        name = os.ttyname(terminal)
        code = _server().ask(_question(args, cwd, environment, {one: name for one, _ in _STREAMS}))
    finally:
        os.close(terminal)
        reader.join(_SECONDS)
        os.close(screen)
    return code, "".join(shown).replace("\r\n", "\n")


def _read(screen: int, shown: list[str], keys: Iterator[str], prompt: str) -> None:
    """Read what a terminal shows until its last user has gone, pressing keys where they are asked for."""
    decode = codecs.getincrementaldecoder("utf-8")().decode
    asked = 0
    while True:
        try:
            shown.append(decode(os.read(screen, 65536)))
        except OSError:  # nobody has it open any more
            return
        while prompt and " ".join("".join(shown).split()).count(prompt) > asked:  # a line may break inside it
            asked += 1
            os.write(screen, next(keys, "").encode())


def _question(
    args: list[str], cwd: Path | None, environment: Mapping[str, str], streams: dict[str, str]
) -> dict[str, Any]:
    return {"args": args, "cwd": str(cwd or Path.cwd()), "environment": dict(environment), "streams": streams}


class _Server:
    """The process that commands are forked from; it ends when its questions do."""

    def __init__(self) -> None:
        questions, asking = os.pipe()
        answering, answers = os.pipe()
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error::RuntimeWarning", "-c", _CODE.format(questions, answers)],
            pass_fds=(questions, answers), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
            env=os.environ | {"PYTHONIOENCODING": "utf-8", "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        os.close(questions)
        os.close(answers)
        self.asking, self.answering = os.fdopen(asking, "w", encoding="utf-8"), os.fdopen(answering, encoding="utf-8")

    def ask(self, question: dict[str, Any]) -> int:
        self.asking.write(json.dumps(question) + "\n")
        self.asking.flush()
        return int(self.answering.readline())

    def close(self) -> None:
        self.asking.close()
        self.answering.close()
        self.process.wait(_SECONDS)


@functools.cache
def _server() -> _Server:
    server = _Server()
    atexit.register(server.close)
    return server


def serve(questions: int, answers: int) -> None:
    """Fork a command for each question and answer with its exit code; the command's own process never returns."""
    _warm()
    with os.fdopen(questions, encoding="utf-8") as asked, os.fdopen(answers, "w", encoding="utf-8") as answering:
        for line in asked:
            child = os.fork()
            if child == 0:
                question = json.loads(line)
                break
            answering.write(f"{os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])}\n")
            answering.flush()
        else:
            return
    signal.alarm(_SECONDS)
    _become(**question)
    os._exit(_code())


def _become(args: list[str], cwd: str, environment: dict[str, str], streams: dict[str, str]) -> None:
    os.chdir(cwd)
    os.environ.clear()
    os.environ.update(environment | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"})
    for number, (name, mode) in enumerate(_STREAMS):
        opened = os.open(streams[name], mode | os.O_NOCTTY)
        os.dup2(opened, number)
        os.close(opened)
    if os.isatty(1):  # the streams were opened on a file: they would seek, which a terminal cannot
        sys.stdin, sys.stdout, sys.stderr = (
            os.fdopen(one, mode, 1, "utf-8", closefd=False) for one, mode in enumerate("rww")
        )
    sys.argv = ["classify", *args]


def _code() -> int:
    """Run the command and return its exit code, all that it wrote being written.

    As the interpreter ends, but that it would free every object of every module one by one before.
    """
    try:
        importlib.import_module("classifier.cli.main").main()
        code = 0
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            sys.stderr.write(f"{ended.code}\n")
    except BaseException:  # noqa: BLE001 - shown, as the interpreter does
        traceback.print_exc()
        code = 1
    threading._shutdown()  # type: ignore[attr-defined]
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    return code


def _warm() -> None:
    """Import what commands import, and read what they read in any case: the words of jieba and of opencc."""
    for name in (*_commands(), "sklearn.pipeline", "openpyxl", "pyarrow.parquet"):
        importlib.import_module(name)
    importlib.import_module("classifier").load().label("预热一下。預熱一下。", explain=True)
    sys.argv = ["classify", "topics"]
    with contextlib.suppress(SystemExit):
        importlib.import_module("classifier.cli.main").main()
    sys.stdout.flush()  # else each command would write what is left of this, too
    gc.collect()
    gc.freeze()


def _commands() -> list[str]:
    return [f"classifier.cli.{path.stem}" for path in sorted((ROOT / "classifier" / "cli").glob("[a-z]*.py"))]
