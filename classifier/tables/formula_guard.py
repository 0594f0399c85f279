"""Cells of CSV that a spreadsheet would run as a formula: an apostrophe in front keeps it from doing so."""

_RUN = ("=", "+", "-", "@", "\t", "\r", "'")  # how a cell begins that is run, and the mark itself


def guarded(cell: str) -> str:
    """Return a text as it is written into CSV; `unguarded` gives it back to the letter."""
    return "'" + cell if cell.startswith(_RUN) else cell


def unguarded(cell: str) -> str:
    """Return the text of a cell: an apostrophe is taken off where `guarded` puts one, and nowhere else."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUN) else cell
