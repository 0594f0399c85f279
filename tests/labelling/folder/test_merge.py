"""Own labels beside those of the package: whose counts, for how much, in which document."""

from pathlib import Path

import pytest

from classifier.errors import LabelError
from classifier.labelling.corpus import read_corpus
from classifier.labelling.decision import Decision
from classifier.labelling.folder.init import begin
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.folder.merge import read_several, same_labels
from classifier.labelling.taxonomy import Taxonomy, read_taxonomy, taxonomy_from
from classifier.model.store import StoredModel
from tests.labelling.folder.test_label_folder import TEXT, add


@pytest.fixture
def own(tmp_path: Path, labels_folder: Path) -> Path:
    folder = tmp_path / "own"
    begin(folder, read_taxonomy(labels_folder), ["高标准农田"])
    add(folder, Decision(("tourism",), TEXT), Decision((), "新的一段。", doc="新文"))
    return folder


def test_own_labels_take_the_place_of_default_ones_and_weigh_as_said(own: Path, labels_folder: Path) -> None:
    corpus = read_several([own], labels_folder, weight=3)
    found = {one.text: one for one in corpus.paragraphs}
    assert len(corpus.paragraphs) == 46
    assert (found[TEXT].labels, found[TEXT].weight, found[TEXT].shipped) == (("tourism",), 3, False)
    assert found[TEXT].doc == "doc-0-0"  # that of the paragraph it corrects
    assert found["新的一段。"].doc == "新文"
    assert sum(one.shipped and one.weight == 1 for one in corpus.paragraphs) == 44


def test_of_two_own_folders_the_later_counts(own: Path, labels_folder: Path, tmp_path: Path) -> None:
    second = tmp_path / "second"
    begin(second, read_taxonomy(labels_folder), [])
    add(second, Decision((), TEXT, aside="doubtful"))
    assert TEXT in {one.text for one in read_several([second, own], None).paragraphs}
    corpus = read_several([own, second], labels_folder)
    assert TEXT not in {one.text for one in corpus.paragraphs}
    assert corpus.aside == 1


def test_alone_the_default_labels_are_as_they_were(labels_folder: Path) -> None:
    alone = read_several([], labels_folder)
    assert [one.key for one in alone.paragraphs] == [one.key for one in read_corpus(labels_folder).paragraphs]
    assert all(one.shipped for one in alone.paragraphs)


def test_other_labels_are_not_mixed(own: Path, labels_folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    begin(other, taxonomy_from({"label": [{"id": "sea", "zh": "海", "en": "sea"}]}, "x"), [])
    assert same_labels([own], labels_folder)
    assert not same_labels([own, other], labels_folder)
    with pytest.raises(LabelError, match=r"its labels \(sea\) are not those of"):
        read_several([other], labels_folder)


def test_nothing_at_all_is_refused(labels_folder: Path, tmp_path: Path) -> None:
    for name in ("a", "b"):
        begin(tmp_path / name, read_taxonomy(labels_folder), [])
    with pytest.raises(LabelError, match="hold no labelled paragraphs"):
        read_several([tmp_path / "a", tmp_path / "b"], None)


def test_a_model_s_taxonomy_survives_being_written_down(small_model: StoredModel, tmp_path: Path) -> None:
    odd = {
        "id": "odd",
        "zh": '引"号\\',
        "en": "tab\there",
        "definition": "a\nb\x7f",
        "definition_zh": "义",
        "seeds": ["甲", '"'],
    }
    data = small_model.taxonomy.as_dict()
    taxonomy: Taxonomy = taxonomy_from({**data, "label": [*data["label"], odd]}, "x")
    begin(tmp_path / "new", taxonomy, ["词"])
    assert read_taxonomy(tmp_path / "new") == taxonomy
    assert LabelFolder(tmp_path / "new").batches() == []
