"""A page's text in order, paragraph by paragraph, as a browser shows it; each piece of it is in exactly one item."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from classifier.documents.document import Role
from classifier.documents.web_page.lists import Numbers
from classifier.documents.web_page.tree import HAN, Element, is_hidden

_BLOCKS = frozenset([
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav", "ol", "p", "pre", "section",
    "summary", "table", "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul",
])  # fmt: skip
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_FILE = re.compile(r"\.(?:docx?|xlsx?|pptx?|pdf|wps|et|dps|ofd|rar|zip|7z|csv|txt)(?:$|[?#])", re.IGNORECASE)
_SENTENCE = re.compile("[，。；：！？、]")
_LONG = 25  # Han characters of a piece that counts as running text though it has no mark
_LINE, _CJK = "\x01", "[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\u2014\u2018-\u201d\u2026]"
_SPACES = re.compile(r"[ \t\r\n\f]+")
_SOURCE_LINE = re.compile(rf"(?<={_CJK}){_LINE}|{_LINE}(?={_CJK})")
_PARAGRAPHS = re.compile("\n[ \xa0\u3000]*\n\\s*|\n(?=[\u3000\xa0 ]{2})")


@dataclass(eq=False, slots=True)
class Item:
    """A paragraph, a heading or a table's row. `hidden`: a script would have to show it.

    `linked`: Han characters inside links; `links`: how many links; `file`: whether one leads to a document.
    """

    text: str
    role: Role = "body"
    level: int | None = None
    hidden: bool = False
    linked: int = 0
    links: int = 0
    file: bool = False
    han: int = 0

    @property
    def weight(self) -> float:
        """How much running text it holds, in Han characters outside links."""
        own = max(0, self.han - self.linked)
        return float(own) if own >= _LONG or _SENTENCE.search(self.text) else own * 0.3


class _State(NamedTuple):
    role: Role = "body"
    level: int | None = None
    hidden: bool = False
    link: int = 0  # its number; 0: no link
    file: bool = False
    gone: str = ""  # the kind of note for what is left out
    pre: bool = False


@dataclass(frozen=True)
class Rendered:
    """All items of a page; `gone`: how much was left out, by kind of note; `pictures`: places of items before them."""

    items: list[Item]
    gone: Counter[str]
    pictures: list[int]


def render(root: Element) -> Rendered:
    """Return the items of an element, and note in each element inside where its items are."""
    return _Renderer().run(root)


class _Renderer:
    def __init__(self) -> None:
        self.items: list[Item] = []
        self.gone: Counter[str] = Counter()
        self.pictures: list[int] = []
        self._pieces: list[tuple[str, _State]] = []
        self._numbers = Numbers()
        self._links = 0

    def run(self, root: Element) -> Rendered:
        path: list[tuple[Element, Iterator[Element | str], _State]] = []
        self._open(root, _State(), path)
        while path:
            element, children, state = path[-1]
            child = next(children, None)
            if child is None:
                path.pop()
                self._close(element)
            elif isinstance(child, str):
                self._add(child, state)
            else:
                self._open(child, state, path)
        self._flush()
        return Rendered(self.items, self.gone, self.pictures)

    def _open(
        self, element: Element, state: _State, path: list[tuple[Element, Iterator[Element | str], _State]]
    ) -> None:
        tag = element.tag
        if tag == "br":
            self._pieces.append(("\n", state))
            return
        if tag == "img":
            self.pictures.append(len(self.items))
            return
        inner = self._state(element, state)
        if tag in _BLOCKS or tag in {"td", "th"}:
            self._flush()
        element.first = len(self.items)
        if tag == "table" and not element.has_table and not inner.gone and self._rows(element, inner.hidden):
            return
        number = self._numbers.open(element)
        if number:
            self._add(number, inner)
        path.append((element, iter(element.children), inner))

    def _rows(self, table: Element, hidden: bool) -> bool:
        """Add a table's rows; False where it only lays out the page."""
        from classifier.documents.web_page.data_table import table_rows  # noqa: PLC0415 - it renders cells in turn

        rows = table_rows(table, self.gone)
        for row in rows or ():
            row.hidden = hidden
            self._append(row)
        table.last = len(self.items)
        return rows is not None

    def _close(self, element: Element) -> None:
        if element.tag in _BLOCKS:
            self._flush()
        self._numbers.close(element)
        element.last = len(self.items)

    def _state(self, element: Element, state: _State) -> _State:
        """Return what holds inside an element."""
        tag = element.tag
        if tag == "del" or "msoDel" in element.get("class"):
            state = state._replace(gone="deleted_text")
        if tag in _HEADINGS:
            state = state._replace(role="heading", level=_HEADINGS[tag])
        if tag == "a" and "href" in element.attributes:
            self._links += 1
            state = state._replace(link=self._links, file=bool(_FILE.search(element.get("href"))))
        if tag in {"pre", "listing", "xmp", "textarea"}:
            state = state._replace(pre=True)
        style = element.get("style")
        if style and "mso-" in style:
            state = _word_state(style, state)
        if not state.hidden and is_hidden(element):
            state = state._replace(hidden=True)
        return state

    def _add(self, text: str, state: _State) -> None:
        if state.gone:
            self.gone[state.gone] += len(HAN.findall(text))
            return
        if not state.pre:
            text = _SPACES.sub(lambda run: _LINE if "\n" in run[0] else " ", text)
        self._pieces.append((text, state))

    def _flush(self) -> None:
        """End a paragraph: what it shows is one item, or several where breaks part it; what it hides is another."""
        pieces, self._pieces = self._pieces, []
        for hidden in (False, True):
            own = [piece for piece in pieces if piece[1].hidden is hidden]
            if any(text.strip(" \n\x01\xa0\u3000") for text, _ in own):
                self._paragraphs(own, hidden)

    def _paragraphs(self, pieces: list[tuple[str, _State]], hidden: bool) -> None:
        first = next(state for text, state in pieces if text.strip(" \n\x01\xa0\u3000"))
        links = {state.link: text for text, state in pieces if state.link and text.strip()}
        text = _shown("".join(text for text, _ in pieces))
        parts = [part.strip() for part in _PARAGRAPHS.split(text)]
        if len([part for part in parts if part]) == 1:
            linked = sum(len(HAN.findall(text)) for text, state in pieces if state.link)
            file = any(state.file for _, state in pieces)
            self._append(Item("".join(parts), first.role, first.level, hidden, linked, len(links), file))
            return
        inside = ["".join(text for text, state in pieces if state.link == link) for link in links]
        for part in parts:  # which links are in which part: by their texts
            own = [one for one in inside if _shown(one).strip() in part]
            linked = sum(len(HAN.findall(one)) for one in own)
            if part:
                self._append(Item(part, first.role, first.level, hidden, linked, len(own), False))

    def _append(self, item: Item) -> None:
        item.han = len(HAN.findall(item.text))
        item.linked = min(item.linked, item.han)
        self.items.append(item)


def _shown(text: str) -> str:
    """Turn line breaks of the source into spaces, or into nothing beside a Chinese character."""
    text = _SOURCE_LINE.sub("", text).replace(_LINE, " ")
    return re.sub(" *\n *", "\n", re.sub(" {2,}", " ", text))


def _word_state(style: str, state: _State) -> _State:
    """Return what holds inside an element that Word wrote: its pages keep Word's own facts in styles."""
    facts = "".join(style.lower().split())
    if "mso-hide:all" in facts:
        return state._replace(gone="hidden_text")
    if "mso-element:comment" in facts or "mso-special-character:comment" in facts:
        return state._replace(gone="comments")
    if "mso-element:footnote" in facts or "mso-element:endnote" in facts:
        return state._replace(role="footnote", level=None)
    if "mso-element:header" in facts or "mso-element:footer" in facts:
        return state._replace(role="furniture", level=None)
    return state
