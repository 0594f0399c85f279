"""Begin a run or go on with one: what must not be overwritten, what must be the same as before."""

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

import orjson

from classifier import __version__
from classifier.api import Model
from classifier.bulk.compression import arrow
from classifier.bulk.output import State, read_state, work_folder
from classifier.bulk.settings import Format, Settings
from classifier.bulk.source import Source
from classifier.errors import BulkError
from classifier.files import sha256
from classifier.model.store import MANIFEST, SCORER


def begin(target: Path, job: dict[str, Any], *, resume: bool, overwrite: bool) -> State | None:
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
            return None
        if state is not None:
            _check_same(state.job, job, target)
        return state or State(job)
    if state is not None:
        raise BulkError(f"{folder}: a run was stopped here; go on with --resume, or begin anew with --overwrite")
    if target.exists():
        raise BulkError(f"{target}: is there already; replace it with --overwrite")
    return State(job)


def job_of(source: Source, model: Model, settings: Settings) -> dict[str, Any]:
    """Return what decides the output's bytes, the input's rows left out."""
    files = model.stored.manifest["files"]
    facts = {
        "input": str(Path(source.name).resolve()),
        "input format": source.format or "documents",
        "model": f"{model.version} ({files[SCORER]['sha256'][:16]})",
        "precision": model.precision,
        "tokeniser": model.tokeniser.name,
        "thresholds and labels": _digest_of(model),
        "program": __version__,
        **{name.replace("_", " "): value for name, value in asdict(settings).items() if name != "strict"},
    }
    if settings.format is Format.parquet:
        facts["pyarrow"] = arrow("Parquet").__version__
    kept: dict[str, Any] = orjson.loads(orjson.dumps(facts))
    return kept


def _digest_of(model: Model) -> str:
    return sha256(model.stored.folder / MANIFEST)[:16]


def _check_same(before: dict[str, Any], now: dict[str, Any], target: Path) -> None:
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


def locked(folder: Path) -> IO[bytes]:
    """Hold a work folder for this process as long as the result is open; raise BulkError where another holds it."""
    folder.mkdir(parents=True, exist_ok=True)
    stream = (folder / "lock").open("wb")
    try:
        import fcntl  # noqa: PLC0415 - not on Windows, where two runs at once are the user's own care
    except ImportError:
        return stream
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        stream.close()
        raise BulkError(f"{folder}: another run is at work here; wait for it, or end it") from error
    return stream
