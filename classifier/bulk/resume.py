"""Begin a run or go on with one: what must not be overwritten, what must be the same as before."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

import orjson

from classifier import __version__
from classifier.api import Model
from classifier.bulk.compression import require_pyarrow
from classifier.bulk.output import LOCK, State, read_state, work_folder
from classifier.bulk.settings import Format, Settings
from classifier.bulk.source import Source
from classifier.errors import BulkError
from classifier.files import sha256
from classifier.json_types import JsonDict
from classifier.model.store import MANIFEST, SCORER
from classifier.platforms import on_windows


def begin_run(target: Path, job: JsonDict, *, resume: bool, overwrite: bool) -> State | None:
    """Return the state to start from; None where an earlier run has made the output already.

    Raises BulkError where something is there that was not to be overwritten, or where the run that is to be gone
    on with was another one.
    """
    folder = work_folder(target)
    if overwrite:
        _check_replaceable(target)
        shutil.rmtree(folder, ignore_errors=True)
        return State(job)
    state = read_state(target)
    if resume:
        if state is None and target.exists():
            shutil.rmtree(folder, ignore_errors=True)  # a run was killed while it took this away, its last step
            return None
        if state is not None:
            _check_same(state.job, job, target)
        return state or State(job)
    if state is not None:
        raise BulkError(f"{folder}: a run was stopped here; go on with --resume, or begin anew with --overwrite")
    if target.exists() and not (target.is_dir() and not any(target.iterdir())):
        raise BulkError(f"{target}: is there already; replace it with --overwrite")
    return State(job)


def job_of(source: Source, model: Model, settings: Settings) -> JsonDict:
    """Return what decides the output's bytes, the input's rows left out."""
    files = model.stored.manifest["files"]
    facts = {
        "input": str(Path(source.name).resolve()),
        "input format": source.format or "documents",
        "sheet": source.sheet,
        "model": f"{model.version} ({files[SCORER]['sha256'][:16]})",
        "precision": model.precision,
        "tokeniser": model.tokeniser.name,
        "thresholds and labels": _digest_of(model),
        "program": __version__,
        **{name.replace("_", " "): value for name, value in asdict(settings).items() if name != "strict"},
    }
    if settings.format is Format.parquet:
        facts["pyarrow"] = require_pyarrow("Parquet").__version__
    kept: JsonDict = orjson.loads(orjson.dumps(facts))
    return kept


def _digest_of(model: Model) -> str:
    return sha256(model.stored.folder / MANIFEST)[:16]


def _check_same(before: JsonDict, now: JsonDict, target: Path) -> None:
    other = [name for name in before | now if before.get(name) != now.get(name)]
    if other:
        facts = "; ".join(f"{name} was {before.get(name)}, is {now.get(name)}" for name in other)
        raise BulkError(
            f"{target}: the run that was stopped was another one: {facts}; "
            "call it as before, or begin anew with --overwrite"
        )


def _check_replaceable(target: Path) -> None:
    """Let nobody lose a folder of his own."""
    if target.is_dir():
        foreign = sorted(path.name for path in target.iterdir() if not path.name.startswith("part-"))
        if foreign:
            raise BulkError(
                f"{target}: is a folder that holds other things than parts of an output ({foreign[0]}); "
                "it is not replaced"
            )


@contextmanager
def hold(folder: Path) -> Iterator[None]:
    """Hold a work folder for this process; take it away in the end where nothing but the lock is left in it.

    Raises BulkError where another process holds it.
    """
    from filelock import FileLock, Timeout  # noqa: PLC0415 - as in files.locked

    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        lock.acquire()
    except Timeout as error:
        raise BulkError(f"{folder}: another run is at work here; wait for it, or end it") from error
    try:
        yield
    finally:
        if on_windows():  # a file that is open cannot be removed there
            lock.release()
        if not any(path.name != LOCK for path in folder.glob("*")):
            shutil.rmtree(folder, ignore_errors=True)
        lock.release()
