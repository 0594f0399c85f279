"""Which stretches of time a report counts by: years, months or days."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal

Unit = Literal["year", "month", "day"]
UNITS: tuple[Unit, ...] = ("year", "month", "day")
_FINER: tuple[tuple[Unit, Unit], ...] = (("day", "month"), ("month", "year"))  # each with the next coarser one
_LENGTHS: dict[Unit, int] = {"year": 4, "month": 7, "day": 10}
_MOST = 36  # periods that a chart shows well
_FILLED = 1 / 3  # of the stretch from the first to the last: yearly reports of January are no months
_EXACT = 0.8  # of the dated text must be dated as exactly as the unit


def period_of(date: str | None, unit: Unit) -> str | None:
    """Return the year, month or day that a date lies in; None where it is not known so exactly."""
    length = _LENGTHS[unit]
    return date[:length] if date is not None and len(date) >= length else None


def best_unit(days: Mapping[str, int]) -> Unit:
    """Return the finest unit that shows dates well. `days`: date → characters of text.

    It leaves at most 36 periods, leaves out little text that is dated less exactly, and its periods lie close
    together. Where the next coarser unit would leave a single period, they may lie further apart.
    """
    for unit, coarser in _FINER:
        found = _counted(days, unit)
        exact = sum(found.values()) >= _EXACT * sum(days.values())
        single = len(_counted(days, coarser)) < 2
        if 1 < len(found) <= _MOST and exact and _is_dense(list(found), unit, apart=single):
            return unit
    return "year"


def with_gaps(periods: Sequence[str], unit: Unit, most: int) -> list[str]:
    """Return periods in order with those between them, so that a chart has room for what nothing is known of.

    The periods themselves where those would be more than `most`.
    """
    if not periods:
        return []
    first, last = _number(periods[0], unit), _number(periods[-1], unit)
    return [_named(number, unit) for number in range(first, last + 1)] if last - first < most else list(periods)


def _number(period: str, unit: Unit) -> int:
    """Return a number that is greater by one for the next period."""
    if unit == "day":
        return date.fromisoformat(period).toordinal()
    return int(period) if unit == "year" else int(period[:4]) * 12 + int(period[5:7]) - 1


def _named(number: int, unit: Unit) -> str:
    if unit == "day":
        return date.fromordinal(number).isoformat()
    return str(number) if unit == "year" else f"{number // 12}-{number % 12 + 1:02d}"


def _counted(days: Mapping[str, int], unit: Unit) -> dict[str, int]:
    found: dict[str, int] = {}
    for day, size in days.items():
        if (period := period_of(day, unit)) is not None:
            found[period] = found.get(period, 0) + size
    return found


def _is_dense(periods: list[str], unit: Unit, *, apart: bool) -> bool:
    """Tell whether periods lie close enough together for their unit: single days over years say little."""
    first, last = min(periods), max(periods)
    months = (int(last[:4]) - int(first[:4])) * 12 + int(last[5:7]) - int(first[5:7])
    if unit == "day":
        return months <= 1
    return apart or len(periods) >= _FILLED * (months + 1)
