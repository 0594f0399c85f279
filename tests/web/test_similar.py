"""The labelled paragraphs most like one on the screen: with the reasons, by themselves, and in the API."""

from typing import Any

from fastapi.testclient import TestClient

from tests.conftest import FARMING
from tests.web.conftest import CLIENT, open_text

TEXT = "\n".join([FARMING[0], "水库大坝的渗压计读数正常。", "龘", "水库大坝的渗压计读数偏高。"])


def similar(client: TestClient, sheet: str, index: int) -> list[dict[str, Any]]:
    answer = client.get(f"/api/sheets/{sheet}/similar/{index}")
    assert answer.status_code == 200, answer.text
    assert answer.json()["note"] == ""
    found: list[dict[str, Any]] = answer.json()["paragraphs"]
    return found


def decide(client: TestClient, sheet: str, index: int, *labels: str) -> None:
    said = {"index": index, "labels": labels, "by": "小王"}
    assert client.post(f"/api/sheets/{sheet}/decisions", json=said, headers=CLIENT).status_code == 200


def test_reasons_do_not_wait_for_them_and_bring_them_from_then_on(client: TestClient) -> None:
    sheet = open_text(client, TEXT)
    assert client.get(f"/api/sheets/{sheet}/reasons/0").json()["similar"] is None
    alone = similar(client, sheet, 0)
    assert (alone[0]["labels"], alone[0]["same"], alone[0]["text"]) == (["farming"], True, FARMING[0])
    assert alone[0]["where"] == "paragraphs/small.jsonl:1"
    assert client.get(f"/api/sheets/{sheet}/reasons/0").json()["similar"] == {"paragraphs": alone, "note": ""}
    assert similar(client, sheet, 2) == []


def test_what_is_decided_here_counts_at_once_and_no_longer_when_it_is_taken_back(client: TestClient) -> None:
    sheet = open_text(client, TEXT)
    before = similar(client, sheet, 3)
    decide(client, sheet, 1, "tourism")
    now = similar(client, sheet, 1)
    assert (now[0]["labels"], now[0]["same"], now[0]["decided"]["by"]) == (["tourism"], True, "小王")
    like = similar(client, sheet, 3)[0]
    assert (like["labels"], like["same"], like["text"]) == (["tourism"], False, TEXT.split("\n")[1])
    assert {"渗压计", "大坝"} <= set(like["words"])
    assert client.post("/api/undo", headers=CLIENT).status_code == 200
    assert similar(client, sheet, 3) == before


def test_the_api_names_them_where_reasons_are_asked_for(client: TestClient) -> None:
    rows = client.post("/api/label", json={"text": TEXT, "explain": True}).json()["paragraphs"]
    assert rows[0]["similar"][0]["same"]
    assert rows[2]["similar"] == []
    plain = client.post("/api/label", json={"text": TEXT}).json()["paragraphs"]
    assert all("similar" not in row for row in plain)


def test_a_paragraph_that_is_not_there_is_a_problem(client: TestClient) -> None:
    sheet = open_text(client, TEXT)
    assert client.get(f"/api/sheets/{sheet}/similar/9").status_code == 404
    assert client.get("/api/sheets/none/similar/0").status_code == 404
