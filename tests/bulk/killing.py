"""Kill a run again and again at chosen or random moments, go on with it each time, and show what came out.

A process of its own, so that it has one thread and can fork: `python -m tests.bulk.killing MODE INPUT OUTPUT SEED`.
Prints the number of times that a run was killed. MODE: "steps" kills at a random step of writing, "moments" at a
random moment.
"""

import os
import random
import shutil
import signal
import sys
import time
from pathlib import Path
from typing import Any

from classifier.api import load
from classifier.bulk import batches, csv_file, lines, local, output, parts
from classifier.bulk.find_source import find_source, output_format
from classifier.bulk.settings import Format, Settings, Unit

ROWS = 40
_STEPS = (
    (parts.BytesPart, "append"), (parts.BytesPart, "sync"), (parts.BytesPart, "close"), (parts.ParquetPart, "close"),
    (parts.BookPart, "close"),
    (output.Files, "_write_state"), (output.Files, "_close_part"), (output.Files, "finish"), (shutil, "rmtree"),
    (Path, "replace"), (os, "fsync"),
)  # fmt: skip


def settings_for(target: Path, part_rows: int = 130) -> Settings:
    kind = output_format(target)
    packed = {".gz": "gz", ".zst": "zst"}.get(target.suffix, "")
    unit = Unit.sentence if "sentences" in target.name else Unit.paragraph
    return Settings("text", kind or Format.jsonl, "", None if kind else part_rows, packed, unit=unit)


def run(source: str, target: Path, *, resume: bool) -> None:
    local.score(find_source(source), target, MODEL, settings_for(target), local.Run(1, resume))


def in_child(source: str, target: Path, steps: int | None, seconds: float | None) -> bool:
    """Run on in a forked process; tell whether it was killed."""
    child = os.fork()
    if child == 0:
        if steps is not None:
            count_down(steps)
        try:
            run(source, target, resume=True)
        except BaseException as error:
            print(repr(error), file=sys.stderr)
            os._exit(1)
        os._exit(0)
    if seconds is not None:
        time.sleep(seconds)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        return True
    if os.WEXITSTATUS(status):
        sys.exit("a run ended with an error")
    return False


def count_down(left: int) -> None:
    """Kill this process when so many steps are done: before the step or after it."""
    box = [left]

    def hooked(original: Any) -> Any:
        def step(*args: Any, **kwargs: Any) -> Any:
            box[0] -= 1
            if box[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            result = original(*args, **kwargs)
            box[0] -= 1
            if box[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
            return result

        return step

    for owner, name in _STEPS:
        setattr(owner, name, hooked(getattr(owner, name)))


def main() -> None:
    mode, source, target, seed = sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
    chance, kills = random.Random(seed), 0
    while True:
        steps = chance.randint(1, 120) if mode == "steps" else None
        seconds = chance.uniform(0, 0.1 + 0.02 * kills) if mode == "moments" else None
        killed = in_child(source, target, steps, seconds)
        if not killed:
            break
        kills += 1
        if kills > 200:
            sys.exit("the run does not come to its end")
    print(kills)


if __name__ == "__main__":
    for module in (lines, csv_file, batches):
        setattr(module, "CHUNK_ROWS", ROWS)  # noqa: B010 - of modules, mypy knows only what all have
    local._COMMIT = 0.0
    MODEL = load()
    MODEL.table(["读一次就够"])  # what is read once is read before the forks
    main()
