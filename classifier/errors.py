"""The errors that this library raises: each message says what failed, where, and what to do."""


class ClassifierError(Exception):
    """Base class: catch this to catch all that the library raises on purpose."""


class InputError(ClassifierError):
    """A document that cannot be read: missing, empty, binary or of an unknown kind."""


class MissingExtraError(InputError):
    """A document needs an optional package that is not installed."""


class LabelError(ClassifierError):
    """A taxonomy or label file that does not fit its format."""


class TableError(InputError, LabelError):
    """A table that cannot be read, whether it was to be scored or its labels imported: damaged, without headings."""


class ModelError(ClassifierError):
    """A stored model that is missing, damaged, untrusted or made for another version."""


class TrainingError(ClassifierError):
    """Labels from which no model can be learnt."""


class BulkError(ClassifierError):
    """A run of bulk scoring that had to stop, or that cannot be gone on with."""


class ServerError(ClassifierError):
    """A server that would not be safe, or cannot be started."""
