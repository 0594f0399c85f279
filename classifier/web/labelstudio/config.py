"""A Label Studio labelling configuration: which of its texts are labelled by choices that are our labels."""

import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from classifier.errors import LabelError
from classifier.json_types import JsonObject
from classifier.labelling.exchange.labelstudio_text import ShownText, valued
from classifier.labelling.label_names import Names
from classifier.web.labelstudio.controls import Control, control

_LONGEST = 1_000_000  # characters
_TEXTS = {"Text", "HyperText", "Paragraphs"}
_MOST_ITEMS = 1000  # of a task's list that a <Repeater> shows
_SHOWN = 8  # choices that a message names


@dataclass(frozen=True)
class Field:
    """A text and the choices made of it that are labels: those that know most labels first."""

    text: ShownText
    controls: tuple[Control, ...]

    @property
    def best(self) -> Control:
        """The choices that predictions are made in."""
        return self.controls[0]

    @property
    def names(self) -> frozenset[str]:
        """The names of its controls."""
        return frozenset(one.name for one in self.controls)


class Config:
    """A labelling configuration. `fields`: as far as they are known without a task."""

    def __init__(self, root: Element, names: Names) -> None:
        self._root, self._names = root, names
        self.fields = _fields(root, names, None)
        self._each_task = any(one.tag == "Repeater" for one in root.iter()) or any(
            control.open for field in self.fields for control in field.controls
        )

    def of(self, data: JsonObject) -> tuple[Field, ...]:
        """Return the fields of a task, which may say itself what is chosen from, and repeat them."""
        return _fields(self._root, self._names, data) if self._each_task else self.fields

    @property
    def notes(self) -> list[str]:
        """What annotators may choose that nothing can be learnt from, and labels that they cannot choose."""
        said = []
        for one in (field.best for field in self.fields if not field.best.open):
            if one.strangers:
                said.append(f"{one.name}: no label is called {_listed(one.strangers)}; such annotations are kept aside")
            missing = [label.zh for label in self._names.taxonomy.labels if label.id not in one.labels]
            if missing:
                said.append(f"{one.name}: no choice says {_listed(missing)}")
        return said


def read_config(config: str, names: Names) -> Config:
    """Read a labelling configuration (XML).

    Raises LabelError where it is not XML, or nothing in it can be labelled, saying why. Entities of its own are
    refused: they can be made to grow without end.
    """
    if len(config) > _LONGEST or "<!DOCTYPE" in config or "<!ENTITY" in config:
        raise LabelError("label_config: too long, or declares entities of its own; it is not read")
    try:
        root = ElementTree.fromstring(config)  # noqa: S314 - no entities, see above
    except ElementTree.ParseError as error:
        raise LabelError(f"label_config: not valid XML: {error}") from error
    found = Config(root, names)
    if not found.fields:
        raise LabelError(f"label_config: {_why_none(root, names)}")
    return found


def _fields(root: Element, names: Names, data: JsonObject | None) -> tuple[Field, ...]:
    """Return the texts with choices that are labels, in their order."""
    texts, controls = _parts(root, names, data)
    found = []
    for text in texts:
        fitting = [one for one in controls if one.object == text.name and _fits(one)]
        if fitting and text.of_task and not text.address:
            fitting.sort(key=lambda one: -len(one.labels))
            found.append(Field(text, tuple(one for one in fitting if one.labels) or tuple(fitting[:1])))
    return tuple(found)


def _fits(control: Control) -> bool:
    return bool(control.name) and not control.each_region and (bool(control.labels) or control.open)


def _parts(root: Element, names: Names, data: JsonObject | None) -> tuple[list[ShownText], list[Control]]:
    elements = list(_elements(root, data))
    texts = [_text(element) for element in elements if element.tag in _TEXTS and element.get("name")]
    return texts, [control(element, names, data) for element in elements if element.tag == "Choices"]


def _elements(root: Element, data: JsonObject | None) -> Iterator[Element]:
    """Yield all elements; those in a <Repeater> once an item of the task's list, or once where none is at hand."""
    for one in root:
        yield one
        if one.tag != "Repeater":
            yield from _elements(one, data)
            continue
        items = valued(one.get("on") or "", data) if data is not None else [None]
        for number in range(min(len(items), _MOST_ITEMS) if isinstance(items, list) else 0):
            yield from _elements(_numbered(one, str(number)), data)


def _numbered(repeater: Element, number: str) -> Element:
    flag = repeater.get("indexFlag") or "{{idx}}"
    made = copy.deepcopy(repeater)
    for one in made.iter():
        for key, value in one.attrib.items():
            one.set(key, value.replace(flag, number))
    return made


def _text(element: Element) -> ShownText:
    kind = (element.get("valueType") or element.get("valuetype") or "").casefold()
    speech = (element.get("textKey") or element.get("textkey") or "text") if element.tag == "Paragraphs" else ""
    html = element.tag == "HyperText"
    return ShownText(str(element.get("name")), (element.get("value") or "").strip(), html, speech, kind == "url")


def _why_none(root: Element, names: Names) -> str:
    texts, controls = _parts(root, names, None)
    there = {one.name: one for one in texts if one.of_task}
    on_texts = [one for one in controls if one.object in there]
    whole = [one for one in on_texts if not one.each_region and one.name]
    if not on_texts:
        return "no <Choices> on a <Text>, <HyperText> or <Paragraphs>; add one whose choices are the labels"
    if not whole:
        return f"the choices {on_texts[0].name!r} are made of regions (perRegion); add <Choices> on the whole text"
    if any(_fits(one) for one in whole):
        text = next(there[one.object] for one in whole if _fits(one))
        return (
            f'the text {text.name!r} is loaded from an address (valueType="url"), which is not done here; '
            "import the texts themselves into Label Studio"
        )
    offered = [name for one in whole for name in one.strangers]
    labels = ", ".join(f"{label.id} ({label.zh})" for label in names.taxonomy.labels)
    return (
        f"no choice is a label here: {_listed(offered)}; there are: {labels}; "
        "give a <Choice> one of these as its value or alias"
    )


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN} more" if len(names) > _SHOWN else ""
    return ", ".join(names[:_SHOWN]) + more
