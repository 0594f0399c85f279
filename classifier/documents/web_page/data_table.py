"""Tables of data: a row is an item, its cells divided. Tables that lay out a page are not of them."""

import re
from collections import Counter
from dataclasses import dataclass

from classifier.documents.document import Role
from classifier.documents.rows import cell_text, joined_cells, names_columns
from classifier.documents.web_page.items import Item, render
from classifier.documents.web_page.tree import Element

_LONG = 600  # characters of a cell that is no cell but a text
_MOST = 0.8  # share of a table's text in one cell from which on the table only lays it out
_NAME = 16  # characters of a column's name
_SENTENCE = re.compile(r"[。；！？\d:：]")


@dataclass(frozen=True)
class _Row:
    cells: list[Element]
    in_head: bool


def table_rows(table: Element, gone: Counter[str]) -> list[Item] | None:
    """Return a table's rows as items, a caption first; None where the table only lays out a page.

    The table holds no other. Adds to `gone` what is left out of its cells, in Han characters by kind of note.
    """
    caption, rows = _parts(table)
    if not _is_data(table, rows):
        return None
    items = list(render(caption).items) if caption is not None else []
    texts = [[_cell(cell, gone) for cell in row.cells] for row in rows]
    headings = _headings(rows, [[item.text for item in row] for row in texts])
    for place, row in enumerate(texts):
        joined = joined_cells([item.text for item in row])
        if joined:
            role: Role = "column_heading" if place in headings else "row"
            linked, links = sum(item.linked for item in row), sum(item.links for item in row)
            items.append(Item(joined, role, linked=linked, links=links, file=any(item.file for item in row)))
    return items


def _parts(table: Element) -> tuple[Element | None, list[_Row]]:
    """Return a table's caption and its rows with their cells."""
    caption, rows = None, []
    groups = [child for child in table.children if not isinstance(child, str)]
    for group in groups:
        if group.tag == "caption":
            caption = group
        inside = [group] if group.tag == "tr" else group.children
        for row in inside:
            if not isinstance(row, str) and row.tag == "tr":
                cells = [one for one in row.children if not isinstance(one, str) and one.tag in {"td", "th"}]
                rows.append(_Row(cells, group.tag == "thead"))
    return caption, rows


def _is_data(table: Element, rows: list[_Row]) -> bool:
    lengths = [[len("".join(cell.text().split())) for cell in row.cells] for row in rows]
    filled = [[one for one in row if one] for row in lengths]
    filled = [row for row in filled if row]
    if table.get("role") == "presentation" or not any(len(row) > 1 for row in filled):
        return False
    longest, total = max(map(max, filled)), sum(map(sum, filled))
    if longest > _LONG or (longest > 200 and longest > _MOST * total):
        return False
    wide = sum(len(row) > 1 for row in filled)
    return wide * 2 >= len(filled) and (len(filled) > 1 or longest < 100)


def _cell(cell: Element, gone: Counter[str]) -> Item:
    """Return a cell as one item: its paragraphs joined by a space."""
    rendered = render(cell)
    gone += rendered.gone
    gone["hidden_text"] += sum(item.han for item in rendered.items if item.hidden)
    items = [item for item in rendered.items if not item.hidden]
    text = cell_text(" ".join(item.text.split()) for item in items)
    linked, links = sum(item.linked for item in items), sum(item.links for item in items)
    return Item(text, linked=linked, links=links, file=any(item.file for item in items))


def _headings(rows: list[_Row], texts: list[list[str]]) -> set[int]:
    """Return which rows name the columns: those marked so, else the first of several cells where it looks it."""
    marked = {
        place
        for place, row in enumerate(rows)
        if len(row.cells) > 1 and (row.in_head or all(cell.tag == "th" for cell in row.cells))
    }
    if marked:
        return marked
    first = next((place for place, row in enumerate(texts) if sum(map(bool, row)) > 1), len(rows))
    if first + 1 >= len(rows) or len(texts[first]) != len(texts[first + 1]):
        return set()
    if names_columns(texts[first]):
        return {first}
    short = all(text and len(text) <= _NAME and not _SENTENCE.search(text) for text in texts[first])
    below = [text for row in texts[first + 1 :] for text in row]
    told_apart = any(len(text) > _NAME or _SENTENCE.search(text) for text in below)
    return {first} if short and told_apart else set()
