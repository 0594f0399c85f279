"""A single sentence corrected in the page: stored beside the paragraph's labels, taken back, and learnt from."""

import html
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from classifier.api import load
from classifier.labelling.corpus import read_corpus, read_decisions
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.model.background import fit_background
from classifier.model.settings import Settings as Training
from classifier.model.store import open_model
from classifier.training.comparison import side
from classifier.training.train import fit, store
from classifier.training.training_set import training_set
from tests.web.conftest import open_text, shown

TEXT = "粮食播种面积稳住了。古镇游客比去年多，民宿一房难求。渔港的码头修好了，渔船都回来了。"
FIRST, SECOND, THIRD = (0, 10), (10, 26), (26, 42)
OTHER = {"X-Client": "window-of-somebody"}


def sentences(client: TestClient, sheet: str) -> list[dict[str, Any]]:
    _, (state,) = shown(client, sheet)
    return list(state["sentences"])


def decide(client: TestClient, sheet: str, span: tuple[int, int], *labels: str, **more: Any) -> Any:
    body = {
        "index": 0,
        "start": span[0],
        "end": span[1],
        "labels": labels,
        **{k: v for k, v in more.items() if k != "headers"},
    }
    return client.post(f"/api/sheets/{sheet}/sentences", json=body, headers=more.get("headers"))


def test_the_page_has_the_paragraph_s_sentences_and_what_is_said_of_them(client: TestClient) -> None:
    sheet = open_text(client, TEXT)
    assert [(one["start"], one["end"], one["decided"]) for one in sentences(client, sheet)] == [
        (*FIRST, False), (*SECOND, False), (*THIRD, False),
    ]  # fmt: skip
    page = client.get(f"/sheets/{sheet}").text
    found = re.findall(r'<span class="s">(.*?)</span>', page)
    assert [html.unescape(one) for one in found] == [TEXT[start:end] for start, end in (FIRST, SECOND, THIRD)]
    answer = decide(client, sheet, SECOND, "tourism", by="甲").json()
    assert (answer["decided"], answer["labels"], answer["by"]) == (True, ["tourism"], "甲")
    now = sentences(client, sheet)[1]
    assert (now["decided"], now["labels"], now["by"], now["version"]) == (True, ["tourism"], "甲", answer["version"])


def test_a_sentence_leaves_the_paragraph_as_it_is_and_the_other_way_round(client: TestClient, workspace: Path) -> None:
    sheet = open_text(client, TEXT)
    decide(client, sheet, SECOND, "tourism")
    _, (state,) = shown(client, sheet)
    assert (state["decided"], state["version"]) == (False, "")
    assert client.get(f"/api/progress?sheet={sheet}").json() == {
        "decisions": 1, "told": 0, "agreed": 0, "sheet": 0, "of": 1,
    }  # fmt: skip
    said = client.post(f"/api/sheets/{sheet}/decisions", json={"index": 0, "labels": ["farming"]})
    assert said.status_code == 200
    decide(client, sheet, THIRD)
    one = next(one for one in read_decisions(workspace / "labels").paragraphs if one.text == TEXT)
    assert (one.labels, [(part.start, part.labels) for part in one.sentences]) == (
        ("farming",), [(10, ("tourism",)), (26, ())],
    )  # fmt: skip
    taken = client.post("/api/undo").json()
    assert (taken["labels"], taken["sentence"]["start"], taken["sentence"]["decided"]) == (["farming"], 26, False)
    taken = client.post("/api/undo").json()
    assert (taken["decided"], taken["sentence"]) == (False, None)
    client.post("/api/undo")
    assert TEXT not in {one.text for one in read_decisions(workspace / "labels").every}


def test_who_did_not_see_it_is_refused(client: TestClient) -> None:
    sheet = open_text(client, TEXT)
    first = decide(client, sheet, FIRST, "farming", by="甲").json()
    assert decide(client, sheet, SECOND, "tourism", headers=OTHER).status_code == 200
    refused = decide(client, sheet, FIRST, "tourism", headers=OTHER)
    assert refused.status_code == 409
    counts = refused.json()["counts"]
    assert (counts["labels"], counts["by"], counts["version"]) == (["farming"], "甲", first["version"])
    assert decide(client, sheet, FIRST, "tourism", version=counts["version"], headers=OTHER).status_code == 200


@pytest.mark.parametrize(
    ("span", "labels", "status"),
    [((5, 5), (), 422), ((0, 99), (), 422), ((26, 42), ("fishing",), 409), ((-1, 5), (), 422)],
)
def test_what_is_no_sentence_is_refused(
    client: TestClient, span: tuple[int, int], labels: tuple[str, ...], status: int
) -> None:
    assert decide(client, open_text(client, TEXT), span, *labels).status_code == status


def test_the_same_text_with_other_breaks_shows_what_was_said(client: TestClient) -> None:
    decide(client, open_text(client, TEXT), SECOND, "tourism")
    wrapped = open_text(client, TEXT.replace("古镇", "　古镇"))
    said = [one for one in sentences(client, wrapped) if one["decided"]]
    assert [(one["start"], one["end"], one["labels"]) for one in said] == [(10, 27, ["tourism"])]


CORRECTED = ("渔港的码头修好了，渔船都回来了。", "渔民出海捕捞，渔获堆满码头。", "渔船检修完毕，渔网补好了。")


@pytest.fixture
def corrected(client: TestClient, workspace: Path) -> Path:
    """A labels folder in which sentences on fishing, a word that no paragraph has, were corrected in the page."""
    for place, fishing in enumerate(CORRECTED):
        text = f"会议由某某主持。{fishing}各科室负责人参加了第{'一二三'[place]}次会。"
        sheet = open_text(client, text)
        answer = decide(client, sheet, (8, 8 + len(fishing)), "farming")
        assert answer.status_code == 200, answer.text
    return workspace / "labels"


def test_corrected_sentences_are_learnt_from(corrected: Path, workspace: Path, small_settings: Training) -> None:
    """Trained with and without them: the word of the sentences alone now speaks for their label."""
    corpus = read_corpus(corrected)
    assert (len(corpus.paragraphs), len(corpus.sentences_only)) == (45, 3)
    background = fit_background([one.words for one in corpus.paragraphs], small_settings)
    trained = fit(corpus, background, small_settings, lambda step: None)
    stored = store(trained, workspace / "models", keep_labels=True, progress=lambda step: None)
    counted = stored.manifest["training"]["sentences"]
    assert (counted["sentences"], counted["paragraphs"], counted["alone"]) == (3, 3, 3)
    assert counted["labels"] == {"farming": 3, "tourism": 0, "none": 0}
    assert stored.manifest["training"]["paragraphs"] == 45
    for _ in CORRECTED:
        LabelFolder(corrected).undo() if LabelFolder(corrected).batches() else None
    without = read_corpus(corrected)
    assert without.sentences_only == ()
    plain = store(
        fit(without, background, small_settings, lambda step: None), workspace / "models", keep_labels=True,
        progress=lambda step: None,
    )  # fmt: skip
    text = "渔船回来了，码头上堆满了渔获。"
    asked = [load(str(one.folder)).label_paragraph(text, sentences=True) for one in (stored, plain)]
    taught, untaught = (one.sentences[0].probabilities["farming"] for one in asked if one.sentences)
    assert taught > untaught + 0.05
    reasons = load(str(stored.folder)).label_paragraph(text, explain=True).reasons
    assert reasons is not None
    assert {"渔船", "码头"} & {one.word for one in reasons["farming"].words_for}
    kept = training_set(open_model(stored.folder))
    assert [one.labelled_sentences[0].labels for one in kept.sentences_only] == [("farming",)] * 3
    assert len(side(stored).beside) == 3
