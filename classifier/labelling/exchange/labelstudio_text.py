"""The text that a Label Studio task shows: found in its data, without the markup of HTML, dialogues in one piece."""

import re
from dataclasses import dataclass

from classifier.documents.html_fragment import fragment_text
from classifier.errors import LabelError
from classifier.json_types import JsonObject, JsonValue
from classifier.labelling.exchange.format import need_text

GIVEN = "given"  # in a task that we wrote, whose text is no markup: the labels that its annotation had then
_VARIABLE = re.compile(r"\$([\w.\[\]\-]+)")
_STEP = re.compile(r"[^.\[\]]+")
_UNNAMED = "$undefined$"  # under which Label Studio keeps the lines of a plain text file
_MARKUP = re.compile(
    r"</(?:p|div|span|b|i|u|em|strong|font|a|br|li|ul|ol|tr|td|th|table|h[1-6]|section|article|body|html)\s*>"
    r"|<(?:br|hr|p)\s*/?>",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class ShownText:
    """A text of a labelling configuration. `value`: where it is in a task's data, $body or $articles[0].body.

    `html`: its markup is no part of it. `speech`: of the pieces of a dialogue, under which key each has what was said.
    `address`: the data holds where it is to be loaded from.
    """

    name: str
    value: str
    html: bool = False
    speech: str = ""
    address: bool = False

    @property
    def of_task(self) -> bool:
        """Whether the text comes from the task: others are the same for all."""
        return bool(_VARIABLE.search(self.value))

    def of(self, data: JsonObject) -> str:
        """Return a task's text; raise LabelError where it has none that can be read."""
        if self.address:
            raise LabelError(
                f'the text {self.name!r} is loaded from an address (valueType="url"), which is not done here; '
                "import the texts themselves into Label Studio"
            )
        found = valued(self.value, data)
        if isinstance(found, list) and self.speech:
            found = "\n".join(str(one.get(self.speech) or "") for one in found if isinstance(one, dict))
        if not isinstance(found, str):
            raise LabelError(f"the task has no text under {self.value}")
        return need_text(found if GIVEN in data and not self.html else plain(found, self.html))


def valued(value: str, data: JsonObject) -> JsonValue:
    """Return what a value with variables stands for: whatever the data has where it is one, else a text.

    A variable that the data lacks is None, or nothing within a text.
    """
    if value.startswith("$") and value[1:] in data:
        return data[value[1:]]
    whole = _VARIABLE.fullmatch(value)
    if whole:
        return _looked_up(whole[1], data)
    return _VARIABLE.sub(lambda one: str(_looked_up(one[1], data) or ""), value)


def _looked_up(path: str, data: JsonObject) -> JsonValue:
    found: JsonValue = data
    for step in _STEP.findall(path):
        if isinstance(found, list) and step.isdecimal() and int(step) < len(found):
            found = found[int(step)]
        elif isinstance(found, dict) and step in found:
            found = found[step]
        else:
            return data.get(_UNNAMED)
    return found


def plain(text: str, html: bool = False) -> str:
    """Return a text without markup. `html`: it is HTML; else it is where tags are found that nobody would write."""
    if not html and not _MARKUP.search(text):
        return text
    return "\n".join(line for line, _ in fragment_text(text).lines)
