"""The added columns of a workbook as a person meets them: labels by name, drop-downs, columns for machines hidden."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from classifier.bulk.settings import Settings
from classifier.i18n.language import language
from classifier.i18n.sentences import translated
from classifier.labelling.decision import ASIDE
from classifier.labelling.exchange.correction_columns import CHECK, CHECKED, CUT, ERROR, GIVEN, PRIMARY, heading
from classifier.labelling.taxonomy import NONE, NONE_ZH, Taxonomy
from classifier.tables.xlsx_writer import SheetColumn, Value, is_listable

_LABELS, _UNCERTAIN = "labels", "uncertain"
Row = list[Value]


def added_columns(settings: Settings, taxonomy: Taxonomy) -> list[SheetColumn]:
    """Return the columns that scoring adds to a workbook, in the order of `Settings.added`."""
    shares = settings.headings(taxonomy.ids)
    columns = [_column(name, settings.prefix, shares) for name in settings.added(taxonomy.ids)]
    if not settings.correctable:
        return columns
    corrected = [_to_correct(one, settings, taxonomy) for one in columns]
    names = zip(corrected, settings.added(taxonomy.ids), settings.shown(taxonomy.ids), strict=True)
    return [replace(one, heading=shown) if one.heading == name else one for one, name, shown in names]


def in_words(settings: Settings, ids: Sequence[str]) -> Callable[[Row], Row]:
    """Return what puts the labels of a row's added cells (or why there are none) into the words of whoever corrects."""
    if not settings.names:
        return lambda added: added
    names = settings.added(ids)
    error, doubt = (names.index(settings.prefix + name) for name in (ERROR, _UNCERTAIN))
    places = [names.index(settings.prefix + name) for name in (_LABELS, PRIMARY)]
    chinese = {**dict(settings.names), NONE: NONE_ZH}

    def told(added: Row) -> Row:
        row = list(added)
        for place in places:
            if isinstance(cell := row[place], str) and cell:
                row[place] = "、".join(chinese.get(one, one) for one in cell.split(","))
        if isinstance(why := row[error], str):
            row[error] = translated(why, "zh")
        row[doubt] = "是" if str(row[doubt]).lower() == "true" else None
        return row

    return told


def without_check(settings: Settings, taxonomy: Taxonomy, added: Row) -> Row:
    """Return the added cells of a row whose text is cut: what they say of it cannot be held against it any more."""
    if not settings.correctable:
        return added
    place = next(k for k, name in enumerate(settings.added(taxonomy.ids)) if _is_check(name, settings.prefix))
    return [CUT if k == place else value for k, value in enumerate(added)]


def _column(name: str, prefix: str, shares: Sequence[str]) -> SheetColumn:
    if name.removeprefix(prefix) in shares:
        return SheetColumn(name, min(max(_wide(name) + 2, 10), 24), "probability")
    return SheetColumn(name, 22 if name.endswith((_LABELS, PRIMARY)) else 14)


def _to_correct(column: SheetColumn, settings: Settings, taxonomy: Taxonomy) -> SheetColumn:
    """Return a column as it is where a person is to correct the labels."""
    speaks, prefix = language(), settings.prefix
    chinese = bool(settings.names)
    own = column.heading.removeprefix(prefix)
    if own == _LABELS:
        names = [label.zh if chinese else label.id for label in taxonomy.labels]
        choices = (*names, NONE_ZH if chinese else NONE)
        return replace(column, choices=choices if is_listable(choices) else ())
    if own == CHECKED:
        aside = tuple(zh if chinese else key for key, zh in ASIDE.items())
        yes = "是" if chinese else "yes"
        return replace(column, heading=prefix + heading("checked", speaks), width=10, choices=(yes, *aside))
    return replace(column, hidden=own == GIVEN or _is_check(column.heading, prefix))


def _wide(name: str) -> int:
    """Return how wide a heading is in Latin characters."""
    return 2 * len(name) - sum(one.isascii() for one in name)


def _is_check(name: str, prefix: str) -> bool:
    return name.removeprefix(prefix).startswith(f"{CHECK}:")
