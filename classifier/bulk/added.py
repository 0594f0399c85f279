"""The columns that scoring adds to a table: their names, and what to do where one of them is there already."""

from collections.abc import Collection, Iterable, Sequence
from itertools import chain, count

from classifier.errors import InputError
from classifier.labelling.exchange.correction_columns import CHECKED, GIVEN, check_heading

_FIRST = "labels"  # of the columns that are always added
DECIDED = "decided"


class ClashError(InputError):
    """A column that would be added is in the input already: a run with other names begins anew."""


def added_names(
    ids: Sequence[str], prefix: str, places: Sequence[str] = (), sentences: bool = False, decided: bool = False,
    correctable: str = "",
) -> list[str]:  # fmt: skip
    """Return the names of the columns that are added.

    `places`: those for a sentence's place and text. `sentences`: with what each sentence says, and the labels' shares.
    `decided`: with who decided where a person did. `correctable`: the column of the text, where a person is to correct
    the labels in the table and it tells by three columns more what was changed; "" where it does not.
    """
    inside = ("sentences", "shares") if sentences else ()
    who = (DECIDED,) if decided else ()
    ticked = (CHECKED,) if correctable else ()  # beside what is corrected
    back = (GIVEN, check_heading(correctable)) if correctable else ()
    names = (*places, _FIRST, *ticked, "primary", "uncertain", *ids, *inside, "error", "model", *who, *back)
    return [prefix + name for name in names]


def check_free(names: Sequence[str], existing: Iterable[str], where: str, *, begun: bool = True) -> None:
    """Raise ClashError where a column is there already that would be added; it names a prefix that is free.

    `names`: see added_names. `begun`: a run has begun to write, so that it takes --overwrite to begin anew.
    """
    columns = list(existing)
    if taken := sorted(set(names) & set(columns)):
        anew = "begin anew" if begun else "score it"
        raise ClashError(
            f"{where}: there is a column {', '.join(taken)} already, and a new one would be called the same; "
            f"{anew} with --prefix {_free_prefix(names, columns)}{' --overwrite' if begun else ''}"
        )


def _free_prefix(names: Sequence[str], existing: Collection[str]) -> str:
    start = len(next(name for name in names if name.endswith(_FIRST))) - len(_FIRST)
    for prefix in chain(["predicted_"], (f"predicted{number}_" for number in count(2))):
        if not any(prefix + name[start:] in existing for name in names):
            return prefix
    raise AssertionError("numbers do not end")
