"""A <Choices> of a labelling configuration: what it offers, and which of our labels each choice is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

from classifier.errors import LabelError
from classifier.labelling.decision import ASIDE
from classifier.labelling.exchange.labelstudio_text import valued
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import NONE

_Said = tuple[str, str]  # a choice's value and its alias
Written = str | tuple[str, ...]  # what stands in a result: a name, or of nested choices the names on the way to it


@dataclass(frozen=True)
class Choice:
    """A choice. `written`: what stands in results (its alias, if any). `label`: our id, None for a stranger."""

    written: Written
    label: str | None

    @property
    def name(self) -> str:
        """The name in results; of a nested one the last."""
        return self.written if isinstance(self.written, str) else self.written[-1]


@dataclass(frozen=True)
class Control:
    """Choices on a text. `single`: only one may be chosen. `open`: what it offers, each task says, and none is at hand.

    `each_region`: they are made of stretches of the text, not of the whole.
    """

    name: str
    object: str
    single: bool
    choices: tuple[Choice, ...]
    open: bool = False
    each_region: bool = False

    @property
    def labels(self) -> frozenset[str]:
        """The labels that can be chosen; none and "set aside" are no labels."""
        return frozenset(choice.label for choice in self.choices if choice.label and choice.label not in {NONE, *ASIDE})

    @property
    def strangers(self) -> list[str]:
        """The choices that are no label."""
        return [choice.name for choice in self.choices if choice.label is None]

    def chosen(self, labels: Sequence[str]) -> list[Written]:
        """Return the choices that say some labels, the primary first; none at all where no choice says them."""
        if not labels:
            return [choice.written for choice in self.choices if choice.label == NONE][:1]
        by_label = {choice.label: choice.written for choice in reversed(self.choices)}
        found = [by_label[label] for label in labels if label in by_label]
        return found[:1] if self.single else found

    def read(self, written: Sequence[Any]) -> list[str]:
        """Return what chosen choices are called by our labels; a stranger's name stays as it is.

        Raises LabelError for what is no choice.
        """
        known = {choice.written: choice.label for choice in self.choices}
        found = []
        for one in written:
            name = tuple(one) if isinstance(one, list) else one
            steps = name if isinstance(name, tuple) else (name,)
            if not steps or not all(isinstance(step, str) for step in steps):
                raise LabelError("a choice must be a name, or of nested choices a list of names")
            found.append(known.get(name) or steps[-1])
        return found


def control(element: Element, names: Names, data: Mapping[str, Any] | None) -> Control:
    """Return the control of a <Choices>. `data`: a task's, None where no task is at hand."""
    nested = (element.get("allowNested") or element.get("allownested") or "").casefold() == "true"
    choices = [_choice(path, names, nested) for path in _paths(element)]
    source = (element.get("value") or "").strip()
    offered = valued(source, data) if source and data is not None else None
    if isinstance(offered, list):
        choices += [_choice([one], names, nested) for one in map(_offered, offered) if one]
    regions = any((element.get(key) or "").casefold() == "true" for key in ("perRegion", "perregion"))
    single = element.get("choice", "single") not in {"multiple"}
    return Control(
        element.get("name") or "", element.get("toName") or "", single, tuple(choices),
        bool(source) and data is None, regions,
    )  # fmt: skip


def _paths(element: Element, above: Sequence[_Said] = ()) -> Iterator[list[_Said]]:
    """Yield the choices, each with those that it stands in; views between them only arrange them."""
    for one in element:
        value, alias = one.get("value") or "", one.get("alias") or ""
        path = [*above, (value, alias)] if one.tag == "Choice" and (value or alias) else list(above)
        if len(path) > len(above):
            yield path
        yield from _paths(one, path)


def _offered(choice: Any) -> _Said | None:
    """Return a choice as a task's data has it."""
    if isinstance(choice, str):
        return (choice, "") if choice else None
    if not isinstance(choice, dict):
        return None
    value, alias = (str(choice.get(key) or "") for key in ("value", "alias"))
    return (value, alias) if value or alias else None


def _choice(path: Sequence[_Said], names: Names, nested: bool) -> Choice:
    value, alias = path[-1]
    meant = (names.meant(name) for name in (value, alias) if name.strip())
    written = tuple(step[1] or step[0] for step in path) if nested else alias or value
    return Choice(written, next((one for one in meant if one), None))
