"""A Label Studio labelling configuration: which choices it offers, and which of our labels each of them is."""

from collections.abc import Sequence
from dataclasses import dataclass
from xml.etree import ElementTree

from classifier.errors import LabelError
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import NONE, Taxonomy

_LONGEST = 1_000_000  # characters
_TEXTS = {"Text", "HyperText", "Paragraphs"}


@dataclass(frozen=True)
class Choice:
    """A choice. `written`: what stands in results (its alias, if any). `label`: our id, None for a stranger."""

    written: str
    label: str | None


@dataclass(frozen=True)
class Config:
    """The first choices on a text. `key`: under which a task's data has the text. `single`: only one may be chosen."""

    name: str
    object: str
    key: str
    single: bool
    choices: tuple[Choice, ...]

    def chosen(self, labels: Sequence[str]) -> list[str]:
        """Return the choices that say some labels, the primary first; none at all where no choice says them."""
        if not labels:
            return [one.written for one in self.choices if one.label == NONE][:1]
        by_label = {one.label: one.written for one in reversed(self.choices)}
        found = [by_label[label] for label in labels if label in by_label]
        return found[:1] if self.single else found

    def labels(self, written: Sequence[str]) -> list[str]:
        """Return what chosen choices are called by our labels; a stranger's name stays as it is."""
        known = {one.written: one.label for one in self.choices}
        return [known.get(one) or one for one in written]


def read_config(config: str, taxonomy: Taxonomy) -> Config | None:
    """Read a labelling configuration (XML); None where it has no choices on a text.

    Raises LabelError where it is not XML. Entities of its own are refused: they can be made to grow without end.
    """
    if len(config) > _LONGEST or "<!DOCTYPE" in config or "<!ENTITY" in config:
        raise LabelError("label_config: too long, or declares entities of its own; it is not read")
    try:
        root = ElementTree.fromstring(config)  # noqa: S314 - no entities, see above
    except ElementTree.ParseError as error:
        raise LabelError(f"label_config: not valid XML: {error}") from error
    texts = {one.get("name"): (one.get("value") or "").lstrip("$") for one in root.iter() if one.tag in _TEXTS}
    for control in root.iter("Choices"):
        target = control.get("toName")
        if control.get("name") and texts.get(target):
            names = Names(taxonomy)
            choices = [_choice(one, names) for one in control.iter("Choice") if one.get("value") or one.get("alias")]
            single = control.get("choice", "single") != "multiple"
            return Config(str(control.get("name")), str(target), texts[target], single, tuple(choices))
    return None


def _choice(one: ElementTree.Element, names: Names) -> Choice:
    value, alias = one.get("value") or "", one.get("alias") or ""
    for name in (value, alias):
        if not name.strip():
            continue
        try:
            labels, aside = names.read([name])
        except LabelError:
            continue
        return Choice(alias or value, aside or (labels[0] if labels else NONE))
    return Choice(alias or value, None)
