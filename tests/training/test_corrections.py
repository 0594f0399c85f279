"""Which corrections a new model follows."""

from dataclasses import replace
from pathlib import Path

import pytest

from classifier.api import Model
from classifier.labelling.corpus import Corpus
from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.folder.merge import read_several
from classifier.labelling.labelled_paragraph import LabelledSentence
from classifier.model.store import StoredModel
from classifier.training.corrections import corrections

CLEAR = "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。"  # farming to the model
OTHER = "古镇游客比去年多了两成，民宿一房难求。"  # tourism to it
BOTH = CLEAR + OTHER


@pytest.fixture
def corpus(labels_folder: Path, small_model: StoredModel) -> Corpus:
    session = LabelFolder(labels_folder).session({"kind": "review"})
    session.confirm(Decision(("farming",), CLEAR, by="小王"))
    session.confirm(Decision(("farming",), OTHER, by="小王"))
    session.confirm(Decision((), "粮食收购价格比去年高。", aside="doubtful"))
    end = len(CLEAR)
    parts = (LabelledSentence(0, end, ("farming",)), LabelledSentence(end, len(BOTH), ()))
    session.confirm(Decision((), BOTH, sentences=parts, judged=False))
    words = Model.of(small_model).tokeniser.counts("景区门票实行预约，讲解员换上了新服装，游客都说好。")
    with LabelFolder(labels_folder).locked():
        LabelFolder(labels_folder).add([Decision(("farming",), words=words)], {"kind": "import"})
    return read_several([labels_folder], None)


def test_decisions_that_the_model_before_answered_otherwise(corpus: Corpus, small_model: StoredModel) -> None:
    found = corrections(corpus, small_model, small_model)
    assert found.before == small_model.version
    assert {(one.text, one.decided, one.now.labels) for one in found.found} == {
        (OTHER, ("farming",), ("tourism",)),
        (OTHER, (), ("tourism",)),  # the second sentence of the paragraph of both
        ("", ("farming",), ("tourism",)),
    }
    assert found.not_followed == list(found.found)
    assert all(one.before == one.now and one.where for one in found.found)
    (words,) = [one for one in found.found if not one.text]
    assert words.now.probabilities["tourism"] > words.now.probabilities["farming"]


def test_without_a_model_before_all_decisions_count(corpus: Corpus, small_model: StoredModel) -> None:
    """And beside one that knows other labels; texts for training are nobody's decisions."""
    found = corrections(corpus, small_model, None)
    assert (found.before, len(found.found)) == ("", 5)
    assert [one.text for one in found.found if one.followed] == [CLEAR, CLEAR]
    shipped = replace(corpus, paragraphs=tuple(replace(one, shipped=True) for one in corpus.paragraphs))
    assert len(corrections(shipped, small_model, None).found) == 2
