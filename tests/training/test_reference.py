"""Which paragraphs certainty is learnt on: those that are as life is, neither written for training nor chosen for doubt."""

import numpy as np

from classifier.labelling.labelled_paragraph import BY_DOUBT, LabelledParagraph
from classifier.training.evaluation import reference_rows


def paragraphs(origin: str, many: int) -> list[LabelledParagraph]:
    return [LabelledParagraph({"路": 1}, ("a",), f"d{number}", "here", origin=origin) for number in range(many)]


def test_certainty_is_learnt_on_found_paragraphs_that_were_not_chosen_for_doubt() -> None:
    every = [*paragraphs("found", 120), *paragraphs(BY_DOUBT, 150), *paragraphs("written for this project", 10)]
    rows = reference_rows(every, np.ones((len(every), 1), int))
    assert rows.tolist() == [True] * 120 + [False] * 160


def test_where_these_are_too_few_all_serve() -> None:
    every = [*paragraphs("found", 20), *paragraphs(BY_DOUBT, 150)]
    assert reference_rows(every, np.ones((len(every), 1), int)).all()
