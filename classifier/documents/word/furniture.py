"""Headers and footers: each text once, whatever number of sections it stands in."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from classifier.documents.document import Block
from classifier.documents.word.names import W, is_on
from classifier.documents.word.package import target_of
from classifier.documents.word.story import Parts, Story
from classifier.documents.xml_element import Element

_TAGS = {f"{W}headerReference": 0, f"{W}hdr": 0, f"{W}footerReference": 1, f"{W}ftr": 1}


def furniture(root: Element, parts: Parts, document: str) -> tuple[list[Block], list[Block]]:
    """Return the blocks of the headers and of the footers that are shown."""
    found: tuple[dict[str, Block], dict[str, Block]] = ({}, {})
    seen: set[str] = set()
    even = partial(_settings_say_even, parts, document)
    for section in root.iter(f"{W}sectPr"):
        if section.getparent().tag == f"{W}sectPrChange":
            continue
        for reference in section:
            if reference.tag in _TAGS and _is_shown(reference, section, even):
                for block in _blocks(reference, parts, document, seen):
                    found[_TAGS[reference.tag]].setdefault(block.text.strip(), block)
    return list(found[0].values()), list(found[1].values())


def _is_shown(reference: Element, section: Element, even: Callable[[], bool]) -> bool:
    kind = reference.get(f"{W}type")
    if kind == "first":
        return bool(is_on(section.find(f"{W}titlePg")))
    return kind != "even" or even()


def _settings_say_even(parts: Parts, document: str) -> bool:
    name = parts.package.related(document, "settings")
    root = parts.package.root(name) if name else None
    return root is not None and bool(is_on(root.find(f"{W}evenAndOddHeaders")))


def _blocks(reference: Element, parts: Parts, document: str, seen: set[str]) -> Iterator[Block]:
    name, flow = document, reference
    if not len(reference):
        relation = target_of(parts.package, document, reference)
        if relation is None or relation.outside or relation.target in seen:
            return
        seen.add(relation.target)
        name, flow = relation.target, parts.package.root(relation.target)
    if flow is not None:
        for block in Story(parts, flow, name).read(flow):
            yield replace(block, role="furniture", level=None)
