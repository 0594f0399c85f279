"""Score a Spark DataFrame: the local engine's results, row by row, on as many machines as there are.

>>> from classifier.bulk import spark
>>> labelled = spark.score(frame, text="content")  # doctest: +SKIP
"""

import atexit
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from classifier.api import Model, load
from classifier.bulk.added import check_free
from classifier.bulk.decided import decided_results
from classifier.bulk.scoring_model import ScoringModel
from classifier.bulk.settings import Settings, Unit
from classifier.decisions import open_decisions
from classifier.errors import InputError, MissingExtraError
from classifier.labelling.folder.decision_index import FolderDecisions, decision_files, decisions_as_they_are
from classifier.model.store import MANIFEST, SCORER, open_model
from classifier.places import PACKAGE
from classifier.tables.names import listed

_NEEDED = 'Spark needs an extra: pip install "local-government-classifier[spark]"'

try:
    from pyspark.sql import DataFrame, SparkSession
    from pyspark.sql import types as kinds
except ImportError as error:
    raise MissingExtraError(_NEEDED) from error

Files = dict[str, bytes]


def check_driver() -> None:
    """Raise MissingExtraError where the driver lacks what PySpark asks for when rows are handed to Python."""
    if any(find_spec(module) is None for module in ("pandas", "pyarrow")):
        raise MissingExtraError(_NEEDED)


def score(
    frame: DataFrame, text: str = "text", *, prefix: str = "", unit: str = "paragraph", model: Model | None = None,
    labels: Path | None = None,
) -> DataFrame:  # fmt: skip
    """Return the frame with labels, primary, uncertain, a probability a label, error and model behind its columns.

    `text` names the column of texts; null and what else cannot be scored has no label and an error. `prefix` is put in
    front of the new columns' names. `unit`: "sentence" for a row a sentence, with its `start` and `end` in the text
    (characters, that is Unicode code points, from 0) and itself as `sentence` before the labels; a text that cannot be
    scored keeps one row. `model`: the current one unless given; its bytes travel to the workers. `labels`: a labels
    folder whose decisions stand in place of the model's answers, as it is now; a column `decided` says who and when.
    Nothing is computed before the result is used. Raises InputError where the columns are not as they must be,
    LabelError where the labels folder is none.
    """
    chosen = load() if model is None else model
    settings = Settings(text, prefix=prefix, unit=Unit(unit), decisions="" if labels is None else str(labels))
    _check(frame, text, settings.added(chosen.ids))
    fetch = _shipped(frame, {name: (chosen.stored.folder / name).read_bytes() for name in (MANIFEST, SCORER)})
    decided = None if labels is None else _shipped(frame, _files_of(labels))
    return frame.mapInArrow(_scorer(fetch, decided, chosen.precision, settings), _schema(frame, chosen, settings))


def ship(session: SparkSession) -> None:
    """Send this package's code to the executors, so that they need not have it installed.

    They still need numpy, pyarrow, rjieba, opencc and orjson.
    """
    folder = Path(tempfile.mkdtemp(prefix="classify-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # Spark may fetch it as long as the session lives
    with zipfile.ZipFile(folder / "classifier.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(PACKAGE.rglob("*.py")):
            archive.write(path, Path("classifier") / path.relative_to(PACKAGE))
    session.addArtifacts(str(folder / "classifier.zip"), pyfile=True)


def _check(frame: DataFrame, text: str, names: list[str]) -> None:
    if text not in frame.columns:
        raise InputError(f"there is no column {text}; the columns are: {listed(frame.columns)}")
    if not isinstance(frame.schema[text].dataType, (kinds.StringType, kinds.BinaryType, kinds.NullType)):
        raise InputError(f"the column {text} holds {frame.schema[text].dataType.simpleString()}, not text")
    check_free(names, frame.columns, "the frame", begun=False)


def _schema(frame: DataFrame, model: Model, settings: Settings) -> Any:
    types: list[kinds.DataType] = []
    if settings.unit is Unit.sentence:
        types = [kinds.LongType(), kinds.LongType(), kinds.StringType()]
    types += [kinds.ArrayType(kinds.StringType()), kinds.StringType(), kinds.BooleanType()]
    types += [kinds.DoubleType() for _ in model.ids] + [kinds.StringType(), kinds.StringType()]
    types += [kinds.StringType()] if settings.decisions else []
    names = settings.added(model.ids)
    added = [kinds.StructField(name, type_) for name, type_ in zip(names, types, strict=True)]
    return kinds.StructType([*frame.schema.fields, *added])


def _shipped(frame: DataFrame, files: Files) -> Callable[[], Files]:
    """Send files to the workers, once to each; with Spark Connect, which cannot do that, in each task."""
    try:
        sent = frame.sparkSession.sparkContext.broadcast(files)
    except Exception:  # noqa: BLE001 - Connect has an error class of its own, and only where it is installed
        return lambda: files
    return lambda: sent.value


def _files_of(labels: Path) -> Files:
    """Return the files of a labels folder that say what people decided; raise LabelError where it is none."""
    open_decisions(labels)
    return {path.relative_to(labels).as_posix(): path.read_bytes() for path in decision_files(labels)}


def _scorer(
    fetch: Callable[[], Files], decided: Callable[[], Files] | None, precision: float | None, settings: Settings
) -> Callable[[Iterator[Any]], Iterator[Any]]:
    def scored(batches: Iterator[Any]) -> Iterator[Any]:
        from classifier.bulk.batches import Batch, with_results  # noqa: PLC0415 - pyarrow of the worker

        scoring = decisions = None
        for batch in batches:
            scoring = scoring or _unpacked(tuple(fetch().items()), precision)
            if decided is not None and decisions is None:
                decisions = _decisions(tuple(decided().items()))
            rows = Batch(batch, settings.text, settings.added(scoring.model.ids))
            results = scoring.results(rows.values, None, settings)
            if decisions is not None:
                results = decided_results(results, rows.values, None, scoring.model, decisions)
            yield with_results(batch, rows.values, results.of(settings.unit), settings)

    return scored


@lru_cache(maxsize=2)
def _unpacked(files: tuple[tuple[str, bytes], ...], precision: float | None) -> ScoringModel:
    """Return the model in its files, once a worker process."""
    with tempfile.TemporaryDirectory(prefix="classify-") as folder:
        for name, data in files:
            (Path(folder) / name).write_bytes(data)
        return ScoringModel(Model.of(open_model(Path(folder)), precision))


@lru_cache(maxsize=2)
def _decisions(files: tuple[tuple[str, bytes], ...]) -> FolderDecisions:
    """Return what people decided in a labels folder with these files, once a worker process."""
    folder = Path(tempfile.mkdtemp(prefix="classify-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # its files are read as texts are asked for
    for name, data in files:
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_bytes(data)
    return decisions_as_they_are(folder)
