"""Label Studio: tasks with annotations and predictions, and the labelling configuration that goes with them."""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import quoteattr

import orjson

from classifier.json_types import JsonDict
from classifier.labelling.decision import ASIDE, Decision
from classifier.labelling.exchange.labelstudio import facts_of
from classifier.labelling.exchange.labelstudio_text import GIVEN
from classifier.labelling.taxonomy import NONE, Taxonomy

CONTROL, OBJECT = "label", "text"


def write(
    decisions: Iterable[tuple[Decision, list[str]]],
    suggested: Sequence[tuple[list[str], float] | None] | None,
    model: str,
) -> bytes:
    """Return tasks to import into Label Studio: decisions as annotations, a model's answers as predictions.

    `suggested`: for each decision the names a model gives and its certainty. What nobody decided has no annotation.
    """
    tasks = []
    for number, (decision, names) in enumerate(decisions):
        said = {
            key: value for key, value in (("doc", decision.doc), ("by", decision.by), ("date", decision.date)) if value
        }
        said |= {GIVEN: ",".join(names) or NONE} if decision.confirmed else {}
        task: JsonDict = {"data": {"text": decision.text, **said, **facts_of(decision.facts)}}
        if decision.confirmed:  # without completed_by: Label Studio refuses annotations of users that it does not have
            task["annotations"] = [{"result": _region(names), "was_cancelled": False}]
        if suggested is not None and (told := suggested[number]) is not None:
            given, score = told
            task["predictions"] = [{"model_version": model, "score": round(score, 4), "result": _region(given)}]
        tasks.append(task)
    return orjson.dumps(tasks, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _region(names: list[str]) -> list[JsonDict]:
    if not names:
        return []
    return [{"from_name": CONTROL, "to_name": OBJECT, "type": "choices", "value": {"choices": names}}]


def configuration(taxonomy: Taxonomy) -> str:
    """Return the labelling configuration (XML) that goes with the tasks: a choice a label, digits as keys."""
    lines = [
        "<View>",
        f'  <Text name="{OBJECT}" value="${OBJECT}"/>',
        f'  <Choices name="{CONTROL}" toName="{OBJECT}" choice="multiple" showInline="true">',
    ]
    for number, label in enumerate(taxonomy.labels, start=1):
        key = f' hotkey="{number}"' if number < 10 else ""
        hint = f" hint={quoteattr(meaning)}" if (meaning := label.defined("zh")) else ""
        lines.append(f"    <Choice value={quoteattr(label.zh)}{key}{hint}/>")
    lines += [f"    <Choice value={quoteattr(name)}/>" for name in ASIDE.values()]
    return "\n".join([*lines, "  </Choices>", "</View>", ""])
