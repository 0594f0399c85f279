"""Labels every paragraph of a Chinese local-government document, with a probability and a reason.

Examples:
    >>> import classifier
    >>> model = classifier.load()
    >>> [result.primary for result in model.label("要持续优化营商环境，为企业办好事。")]  # doctest: +SKIP
    ['business_environment']

"""

from typing import TYPE_CHECKING, Any

from classifier.errors import BulkError, ClassifierError, InputError, LabelError, ModelError, TrainingError

if TYPE_CHECKING:
    from classifier.api import Model, Result, load
    from classifier.decisions import open_decisions, with_decisions
    from classifier.documents.archive import Unread
    from classifier.documents.document import Document
    from classifier.documents.read import read, read_all
    from classifier.similar import open_similar, with_similar
    from classifier.text.paragraph import Paragraph
    from classifier.text.split import split

__version__ = "0.1.0"
__all__ = [
    "BulkError",
    "ClassifierError",
    "Document",
    "InputError",
    "LabelError",
    "Model",
    "ModelError",
    "Paragraph",
    "Result",
    "TrainingError",
    "Unread",
    "load",
    "open_decisions",
    "open_similar",
    "read",
    "read_all",
    "split",
    "with_decisions",
    "with_similar",
]

_HOMES = {
    "Document": "classifier.documents.document",
    "Model": "classifier.api",
    "Paragraph": "classifier.text.paragraph",
    "Result": "classifier.api",
    "Unread": "classifier.documents.archive",
    "load": "classifier.api",
    "open_decisions": "classifier.decisions",
    "open_similar": "classifier.similar",
    "read": "classifier.documents.read",
    "read_all": "classifier.documents.read",
    "split": "classifier.text.split",
    "with_decisions": "classifier.decisions",
    "with_similar": "classifier.similar",
}


def __getattr__(name: str) -> Any:
    """Import the rest when it is asked for, so that `classify --help` answers at once."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import importlib  # noqa: PLC0415

    return getattr(importlib.import_module(_HOMES[name]), name)
