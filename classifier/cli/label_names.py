"""Topics as a command is told them (民生, livelihood, several divided by commas, none), and as it names them."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from classifier.errors import LabelError
from classifier.i18n.language import spoken
from classifier.labelling.taxonomy import NONE, NONE_ZH

if TYPE_CHECKING:
    from classifier.labelling.taxonomy import Taxonomy

_BETWEEN = re.compile(r"[,，、;；]")


def wanted_labels(names: Sequence[str], taxonomy: "Taxonomy") -> tuple[str, ...]:
    """Return the ids of the labels named, "none" perhaps among them; raise BadParameter for one that is not known."""
    found: dict[str, None] = {}
    try:
        for name in (part.strip() for some in names for part in _BETWEEN.split(some)):
            if name:
                found[NONE if name in {NONE, NONE_ZH} else taxonomy.find(name).id] = None
    except LabelError as error:
        raise typer.BadParameter(str(error), param_hint="--only") from error
    return tuple(found)


def label_names(taxonomy: "Taxonomy") -> dict[str, str]:
    """Return what labels, and none of them, are called where a person reads it, by id: in English the ids."""
    return spoken({}, {label.id: label.zh for label in taxonomy.labels} | {NONE: NONE_ZH})
