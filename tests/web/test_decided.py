"""The server's answers to other programs hold what people decided, as its pages do."""

import json
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi.testclient import TestClient

from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from tests.conftest import FARMING
from tests.web.conftest import TEXT, open_text, shown

FIRST = TEXT.splitlines()[0]


def decide(client: TestClient, sheet: str, *labels: str, index: int = 0, **more: Any) -> Any:
    model, states = shown(client, sheet)
    body = {"index": index, "labels": labels, "by": "小王", "model": model, "version": states[index]["version"]}
    answer = client.post(f"/api/sheets/{sheet}/decisions", json=body | more)
    assert answer.status_code == 200, answer.text
    return answer.json()


def labelled(client: TestClient, **more: Any) -> dict[str, Any]:
    answer = client.post("/api/label", json={"text": TEXT, **more})
    assert answer.status_code == 200, answer.text
    return dict(next(row for row in answer.json()["paragraphs"] if row["text"] == FIRST))


def test_label_holds_a_decision_at_once(client: TestClient) -> None:
    assert "decided" not in labelled(client)
    decide(client, open_text(client), "tourism")
    row = labelled(client)
    assert (row["labels"], row["uncertain"], row["decided"]["by"]) == (["tourism"], False, "小王")
    assert labelled(client, model_only=True)["labels"] == ["farming"]
    form = {"file": ("a.txt", TEXT.encode())}
    for switch, labels in (("false", ["tourism"]), ("true", ["farming"])):
        answer = client.post("/api/label", files=form, data={"model_only": switch})
        assert answer.json()["paragraphs"][0]["labels"] == labels
    assert client.post("/api/label", files=form, data={"model_only": "maybe"}).status_code == 422
    client.post("/api/undo")
    assert "decided" not in labelled(client)


def test_what_is_set_aside_is_left_to_the_model(client: TestClient) -> None:
    decide(client, open_text(client), aside="doubtful")
    assert "decided" not in labelled(client)


def test_score_holds_decisions(client: TestClient) -> None:
    decide(client, open_text(client), "tourism")
    body = "".join(json.dumps({"text": one}) + "\n" for one in (FIRST, "上午开会。"))

    def rows(**params: str) -> list[dict[str, Any]]:
        answer = client.post(
            "/api/score", content=body, headers={"content-type": "application/x-ndjson"}, params=params
        )
        assert answer.status_code == 200, answer.text
        return [json.loads(line) for line in answer.text.splitlines()]

    first, second = rows(prefix="x_")
    assert (first["x_labels"], first["x_primary"], first["x_decided"]["by"]) == (["tourism"], "tourism", "小王")
    assert "x_decided" not in second
    first, _ = rows(model_only="true")
    assert (first["labels"], "decided" in first) == (["farming"], False)


def test_texts_for_training_are_not_shown_as_decided(client: TestClient, workspace: Path) -> None:
    """They stand in the folder, but nobody decided on them; a decision takes their place, undone they are as before."""
    sheet = open_text(client, FARMING[0])
    _, (state,) = shown(client, sheet)
    assert state["decided"] is False
    assert "decided" not in client.post("/api/label", json={"text": FARMING[0]}).json()["paragraphs"][0]
    stored = decide(client, sheet, "tourism")
    assert (stored["decided"], stored["by"]) == (True, "小王")
    back = client.post("/api/undo").json()
    assert (back["decided"], back["version"]) == (False, state["version"])
    assert decide(client, sheet, "tourism")["decided"] is True


def test_a_running_server_answers_with_what_another_program_decided(address: str, workspace: Path) -> None:
    def first() -> dict[str, Any]:
        answer = httpx2.post(f"{address}api/label", json={"text": TEXT})
        return dict(answer.json()["paragraphs"][0])

    before = first()
    session = LabelFolder(workspace / "labels").session({"kind": "review"})
    session.confirm(Decision(("tourism",), f" {FIRST}", by="小李"))
    now = first()
    assert (now["labels"], now["decided"]["by"]) == (["tourism"], "小李")
    session.take_back()
    assert first() == before


@pytest.mark.parametrize("name", ["explain", "model_only"])
def test_the_description_names_the_switches(name: str, client: TestClient) -> None:
    body = client.get("/openapi.json").json()["paths"]["/api/label"]["post"]["requestBody"]["content"]
    assert name in body["application/json"]["schema"]["properties"]
    assert name in body["multipart/form-data"]["schema"]["properties"]
