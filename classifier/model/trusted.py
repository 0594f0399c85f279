"""Open a pickled pipeline without running what somebody else may have hidden in it.

A pickle names the classes and functions it wants; here only those on the list below are handed out.
The list is part of the code: a model file cannot add to it.
"""

import pickle
import struct
import warnings
import zlib
from pathlib import Path

from joblib import numpy_pickle
from sklearn.exceptions import InconsistentVersionWarning
from sklearn.pipeline import Pipeline

from classifier.errors import ModelError

ALLOWED = {
    "classifier.model.background": {"Background"},
    "classifier.model.features": {"ParagraphFeatures"},
    "classifier.model.label_classifier": {"LabelModel"},
    "joblib.numpy_pickle": {"NumpyArrayWrapper"},
    "numpy": {"dtype", "ndarray"},
    "numpy._core.multiarray": {"_reconstruct", "scalar"},
    "numpy.core.multiarray": {"_reconstruct", "scalar"},
    "sklearn.pipeline": {"Pipeline"},
}


_MOVED = {"classifier.model.labels": "classifier.model.label_classifier"}  # as older models name them


# What a pickle that is none may end in: its bytes are orders, which anything can come of.
_JUNK = (
    pickle.UnpicklingError, zlib.error, struct.error, ArithmeticError, AttributeError, EOFError, LookupError,
    MemoryError, OSError, RuntimeError, TypeError, ValueError,
)  # fmt: skip


class _TrustedUnpickler(numpy_pickle.NumpyUnpickler):  # type: ignore[misc]
    """joblib's unpickler with a list of what may be built; joblib 1.6 keeps to it inside object arrays too."""

    def find_class(self, module: str, name: str) -> object:
        module = _MOVED.get(module, module)
        if name not in ALLOWED.get(module, ()):
            raise ModelError(f"the pickle asks for {module}.{name}, which no model of ours holds; it is not opened")
        return super().find_class(module, name)


def load_trusted(path: Path) -> Pipeline:
    """Return the object in a joblib file; raise ModelError where it asks for anything that is not on the list."""
    try:
        with (
            path.open("rb") as raw,
            numpy_pickle._validate_fileobject_and_memmap(raw, str(path), None) as (  # noqa: SLF001 - joblib.load takes no unpickler
                stream,
                _,
            ),
            warnings.catch_warnings(),
        ):
            # of scikit-learn's classes only Pipeline is in it, which holds its steps and no more
            warnings.simplefilter("ignore", InconsistentVersionWarning)
            found = _TrustedUnpickler(str(path), stream, ensure_native_byte_order=True).load()
    except ModelError as error:
        raise ModelError(f"{path}: {error}") from error
    except _JUNK as error:
        raise ModelError(f"{path}: cannot be opened: {error}") from error
    if not isinstance(found, Pipeline):
        raise ModelError(f"{path}: cannot be opened: is no pipeline of ours")
    return found
