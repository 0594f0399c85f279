"""What the server reads for a request does not grow with the labels folder: what was read once is not read again."""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from classifier.labelling import corpus
from classifier.labelling.corpus import Count, paragraph_of
from classifier.labelling.decision import Decision
from classifier.labelling.folder import understanding
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.label_file import Row
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.taxonomy import Taxonomy
from classifier.model.background import Background
from classifier.model.count_matrix import Counts
from classifier.model.settings import Settings
from classifier.training.active_learning import run
from classifier.training.active_learning.strategy import Likeness
from tests.web.conftest import open_text

STORED = 400


@pytest.fixture
def understood(workspace: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folder holds decisions that were stored long ago; returns where each row stands that is understood."""
    labels = LabelFolder(workspace / "labels")
    with labels.locked():
        labels.add(
            [Decision(("farming",), f"第{one}项：秋粮收购，农机检修。") for one in range(STORED)], {"kind": "review"}
        )
    for path in (workspace / "labels").rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    rows: list[str] = []

    def noted(row: Row, where: str, taxonomy: Taxonomy, counts: Count) -> LabelledParagraph:
        rows.append(where)
        return paragraph_of(row, where, taxonomy, counts)

    for module in (understanding, corpus):
        monkeypatch.setattr(module, "paragraph_of", noted)
    return rows


def test_rows_are_understood_once(client: TestClient, understood: list[str]) -> None:
    sheet = open_text(client)
    decision = {"index": 0, "labels": ["farming"]}
    requests: dict[str, Callable[[], Response]] = {
        "label": lambda: client.post("/api/label", json={"text": "春耕备耕抓得紧。"}),
        "decision": lambda: client.post(f"/api/sheets/{sheet}/decisions", json=decision),
        "stale": lambda: client.post(f"/api/sheets/{sheet}/decisions", json=decision | {"labels": []}),
        "progress": lambda: client.get(f"/api/progress?sheet={sheet}"),
        "sheet": lambda: client.get(f"/sheets/{sheet}"),
        "home": lambda: client.get("/"),
        "labels": lambda: client.get("/labels"),
        "train": lambda: client.get("/train"),
        "queue page": lambda: client.get("/queue"),
        "queue": lambda: client.post("/api/queue"),
        "extract": lambda: client.get("/extract"),
        "undo": lambda: client.post("/api/undo"),
    }
    assert client.get("/labels").status_code == 200
    assert len(understood) == STORED + 45
    cost = {}
    for name, ask in requests.items():
        understood.clear()
        answer = ask()
        assert answer.status_code == (409 if name == "stale" else 201 if name == "queue" else 200), (name, answer.text)
        cost[name] = len(understood)
    assert cost == dict.fromkeys(requests, 0) | {"decision": 1}


def test_what_is_chosen_next_is_held_against_the_latest_labels(
    client: TestClient, understood: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is like older ones may be chosen again; what is labelled itself may not."""
    compared: list[int] = []
    original = Likeness.of
    monkeypatch.setattr(run, "LATEST", 100)

    def noted(counts: Sequence[Counts], background: Background, settings: Settings) -> Likeness:
        compared.append(len(counts))
        return original(counts, background, settings)

    monkeypatch.setattr(Likeness, "of", noted)
    open_text(client, "第7项：秋粮收购，农机检修。\n景区门票又便宜了，古镇的游客和旅行社都多。")
    assert client.post("/api/queue").json()["paragraphs"] == 1
    assert compared == [101]
    assert len(understood) == STORED + 45
