"""Web pages (the extra `documents`): main text told from frame, title, date and source told from the text."""

from collections import Counter

from classifier.documents.document import Block, Reading
from classifier.documents.notes import Note
from classifier.documents.web_page import tree
from classifier.documents.web_page.about import About, about, is_about_line, is_date
from classifier.documents.web_page.encoding import decode_page
from classifier.documents.web_page.items import Item, Rendered, render
from classifier.documents.web_page.main_text import Chosen, choose, is_running
from classifier.documents.web_page.tree import HAN, Page, parse

_NEAR = 15  # items behind the body among which its attachments are listed


def read_html(data: bytes, name: str) -> Reading:
    """Return a page's main text in blocks: title, lines of date and source (furniture), body, attachments' names.

    Text of menus, footers and lists of links is left out and counted (`page_frame`); where no main text is told from
    it, all text of the page is read (`whole_page`). Raises InputError where the bytes are no text, MissingExtraError
    without the extra `documents`.
    """
    decoded = decode_page(data, name)
    page = parse(decoded.text, name)
    rendered = render(page.body)
    chosen = choose(page.body, rendered.items)
    said = about(page, rendered.items, chosen.first, chosen.last)
    blocks, kept = _blocks(rendered.items, chosen, said)
    metadata = {key: value for key, value in vars(said).items() if key in {"title", "date", "source"} and value}
    notes = [*decoded.notes, *_notes(rendered, chosen, kept, page)]
    return Reading(blocks, notes=notes, encoding=decoded.encoding, metadata=metadata)


def _blocks(items: list[Item], chosen: Chosen, said: About) -> tuple[list[Block], set[int]]:
    """Return the blocks and the places of the items that they show."""
    kept = {place for place, keep in enumerate(chosen.kept) if keep}
    kept |= {*said.heading, *said.lines, *_attachments(items, chosen)}
    shown = said.heading or len(HAN.findall(said.title)) >= 4
    title = Block(said.title, "heading", 1)
    # a title stands first, in front of its date and source; one that follows running text stays behind it
    before = [place for place in kept if said.heading and place < said.heading[0]]
    behind = said.heading[0] if any(is_running(items[place]) for place in before) else None
    blocks = [title] if shown and behind is None else []
    for place in sorted(kept):
        one = items[place]
        if place == behind:
            blocks.append(title)
        if place in said.heading or _repeats(one, said.title):
            continue
        furniture = place in said.lines or (one.role == "body" and is_about_line(one) and not is_date(one))
        blocks.append(Block(one.text, "furniture" if furniture else one.role, None if furniture else one.level))
    return blocks, kept


def _repeats(item: Item, title: str) -> bool:
    """Tell whether an item says the title once more."""
    return item.role in {"body", "heading"} and len(title) >= 4 and "".join(item.text.split()) == "".join(title.split())


def _attachments(items: list[Item], chosen: Chosen) -> set[int]:
    """Return the items right behind the body that name its attachments."""
    near = range(chosen.last, min(len(items), chosen.last + _NEAR))
    return {place for place in near if (items[place].file or "附件" in items[place].text) and not items[place].hidden}


def _notes(rendered: Rendered, chosen: Chosen, kept: set[int], page: Page) -> list[Note]:
    amounts = Counter(rendered.gone)
    amounts += page.left_out
    for place, item in enumerate(rendered.items):
        if place not in kept:
            inside = item.hidden and chosen.first <= place < chosen.last
            amounts["hidden_text" if inside else "page_frame"] += item.han
    amounts["pictures"] = sum(chosen.first <= place <= chosen.last for place in rendered.pictures)
    notes = [Note(kind, amount) for kind, amount in amounts.items() if amount]
    if chosen.whole:
        notes.append(Note("whole_page"))
    if page.cut_off:
        notes.append(Note("cut_off"))
    if page.unread:
        notes.append(Note("too_large", what=f"HTML, {tree.MOST_NODES:,}+ nodes"))
    return notes
