"""The labels as the server's pages show them."""

from classifier.labelling.taxonomy import Taxonomy
from classifier.report.document import label_views
from classifier.report.view_types import LabelView


class LabelDefinition(LabelView):
    """A label with its definition and its seed words."""

    definition: str
    definition_zh: str
    seeds: tuple[str, ...]


def label_definitions(taxonomy: Taxonomy) -> list[LabelDefinition]:
    """Return the labels as reports show them, with their definitions and seed words."""
    return [
        {**view, "definition": label.defined("en"), "definition_zh": label.defined("zh"), "seeds": label.seeds}
        for view, label in zip(label_views(taxonomy), taxonomy.labels, strict=True)
    ]
