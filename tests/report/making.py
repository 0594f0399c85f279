"""Paragraphs for the tests of reports."""

from classifier.api import Result
from classifier.labelling.taxonomy import Label, Taxonomy
from classifier.report.items import Item, Looks

TAXONOMY = Taxonomy("fields", (Label("farming", "农业", "farming"), Label("tourism", "文旅", "tourism")))


def result(
    text: str = "春耕备耕抓得紧，化肥种子备得足。", labels: tuple[str, ...] = ("farming",), **others: object
) -> Result:
    values: dict[str, object] = {
        "file": "a.txt", "index": 0, "start": 0, "end": len(text), "kind": "body", "uncertain": False, "model": "m",
        "probabilities": {"farming": 0.9 if "farming" in labels else 0.1, "tourism": 0.8 if "tourism" in labels else 0.2},
    }  # fmt: skip
    return Result(text=text, labels=labels, **(values | others))  # type: ignore[arg-type]


def item(
    document: str = "a.txt", date: str | None = None, facts: dict[str, str] | None = None, **others: object
) -> Item:
    return Item(document, result(**others), date, facts or {})  # type: ignore[arg-type]


def looks() -> Looks:
    return Looks(TAXONOMY, lambda _label, value: 0.3 <= value < 0.6, {"farming": 0.5, "tourism": 0.5}, model="m")
