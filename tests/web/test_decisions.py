"""Decisions from a browser."""

import threading
from pathlib import Path
from typing import Any

from fastapi.testclient import TestClient

from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from tests.web.conftest import TEXT, open_text


def decide(
    client: TestClient, sheet: str, index: int, *labels: str, aside: str = "", window: str = "window-one"
) -> dict[str, Any]:
    data = {"index": index, "labels": labels, "aside": aside, "by": "甲"}
    answer = client.post(f"/api/sheets/{sheet}/decisions", json=data, headers={"X-Client": window})
    assert answer.status_code == 200, answer.text
    decided: dict[str, Any] = answer.json()
    return decided


def test_a_decision_is_in_the_labels_folder_when_the_server_answers(client: TestClient, workspace: Path) -> None:
    sheet = open_text(client)
    assert decide(client, sheet, 1, "farming", "tourism")["decided"]
    stored = read_decisions(workspace / "labels").paragraphs[-1]
    assert (stored.text, stored.labels, stored.doc) == (TEXT.split("\n")[1], ("farming", "tourism"), "周报.txt")
    assert stored.facts["by"] == "甲"
    assert stored.facts["suggested"] == ["tourism"]
    page = client.get(f"/sheets/{sheet}").text
    assert "&#34;decided&#34;: true" in page


def test_undo_takes_back_this_windows_last_decision_only(client: TestClient, workspace: Path) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, "tourism", window="window-one")
    decide(client, sheet, 0, "farming", window="window-one")
    decide(client, sheet, 1, "farming", window="window-two")
    back = client.post("/api/undo", headers={"X-Client": "window-one"}).json()
    assert (back["decided"], back["labels"]) == (True, ["tourism"])
    back = client.post("/api/undo", headers={"X-Client": "window-one"}).json()
    assert (back["decided"], back["labels"]) == (False, [])
    assert client.post("/api/undo", headers={"X-Client": "window-one"}).status_code == 409
    kept = [one for one in read_decisions(workspace / "labels").paragraphs if one.at]
    assert [one.labels for one in kept] == [("farming",)]


def test_two_browsers_and_a_terminal_at_once_lose_nothing(client: TestClient, workspace: Path) -> None:
    text = "\n".join(f"第{number}项工作：化肥种子备得足，游客也多了。" for number in range(60))
    sheet = open_text(client, text)
    terminal = LabelFolder(workspace / "labels").session({"kind": "review"})

    def browser(window: str, places: range) -> None:
        for place in places:
            decide(client, sheet, place, "farming", window=window)

    def keyboard() -> None:
        for place in range(40, 60):
            terminal.confirm(Decision(("tourism",), text.split("\n")[place]))

    workers = [
        threading.Thread(target=browser, args=(f"window-{one}", range(20 * one, 20 * one + 20))) for one in (0, 1)
    ]
    workers.append(threading.Thread(target=keyboard))
    for one in workers:
        one.start()
    for one in workers:
        one.join()
    found = {one.text: one.labels for one in read_decisions(workspace / "labels").paragraphs if one.at}
    assert len(found) == 60
    assert list(found.values()).count(("farming",)) == 40
    assert client.get("/api/progress", params={"sheet": sheet}).json()["sheet"] == 60


def test_bad_decisions_are_refused_and_store_nothing(client: TestClient, workspace: Path) -> None:
    sheet = open_text(client)
    path = f"/api/sheets/{sheet}/decisions"
    assert client.post(path, json={"index": 0, "labels": ["nonsense"]}).status_code == 409
    assert client.post(path, json={"index": 99, "labels": []}).status_code == 404
    assert client.post(path, json={"index": 0, "labels": ["farming"], "aside": "doubtful"}).status_code == 422
    assert client.post(path, json={"index": 0, "aside": "other"}).status_code == 422
    assert client.post("/api/sheets/none/decisions", json={"index": 0}).status_code == 404
    assert client.post(path, json={"index": 0}, headers={"X-Client": "../../x"}).status_code == 422
    assert not [one for one in read_decisions(workspace / "labels").paragraphs if one.at]


def test_the_queue_chooses_what_is_not_labelled(client: TestClient) -> None:
    assert client.post("/api/queue").status_code == 409
    sheet = open_text(client)
    decide(client, sheet, 0, "farming")
    made = client.post("/api/queue").json()
    page = client.get(made["url"]).text
    assert made["paragraphs"] == 2  # one is labelled now, one is a source
    assert "化肥种子备得足" not in page
    assert "来源：本报" not in page


def test_reasons_and_progress(client: TestClient) -> None:
    sheet = open_text(client)
    reasons = client.get(f"/api/sheets/{sheet}/reasons/0").json()
    words = [one["word"] for one in reasons["reasons"]["farming"]["words_for"]]
    assert "化肥" in words
    decide(client, sheet, 0, "farming")
    decide(client, sheet, 1, "farming")
    assert client.get("/api/progress", params={"sheet": sheet}).json() == {
        "decisions": 2, "told": 2, "agreed": 1, "sheet": 2, "of": 3,
    }  # fmt: skip


def test_a_stored_decision_changes_from_the_labels_page(client: TestClient, workspace: Path) -> None:
    before = read_decisions(workspace / "labels").paragraphs[0]
    data = {"key": before.key, "labels": ["tourism"], "by": "乙"}
    assert client.post("/api/labels/decisions", json=data).status_code == 200
    after = next(one for one in read_decisions(workspace / "labels").paragraphs if one.key == before.key)
    assert (after.labels, after.doc, after.facts["by"]) == (("tourism",), before.doc, "乙")
    assert client.post("/api/labels/decisions", json={**data, "key": "0" * 24}).status_code == 404


def test_a_folder_begins_with_the_first_decision(client: TestClient, workspace: Path) -> None:
    (workspace / "labels").rename(workspace / "elsewhere")
    sheet = open_text(client)
    decide(client, sheet, 0, "farming")
    assert [one.labels for one in read_decisions(workspace / "labels").paragraphs] == [("farming",)]


def test_what_was_taken_back_elsewhere_cannot_be_taken_back_here(client: TestClient, workspace: Path) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, "farming")
    LabelFolder(workspace / "labels").undo()
    answer = client.post("/api/undo", headers={"X-Client": "window-one"})
    assert (answer.status_code, answer.json()["detail"][:19]) == (409, "nothing was decided")
    decide(client, sheet, 0, "farming")
    answer = client.post("/api/undo", headers={"X-Client": "window-one"})
    assert answer.status_code == 200, answer.text


def test_what_was_set_aside_is_no_mistake_of_the_model(client: TestClient) -> None:
    sheet = open_text(client)
    client.post(f"/api/sheets/{sheet}/decisions", json={"index": 0, "aside": "doubtful"})
    found = client.get("/api/progress").json()
    assert (found["decisions"], found["told"]) == (1, 0)


def test_where_only_twins_of_labelled_ones_are_left_nothing_is_chosen(client: TestClient) -> None:
    sheet = open_text(client, "春耕备耕抓得紧，化肥种子备得足。\n春耕备耕抓得紧，化肥种子备得足！")
    decide(client, sheet, 0, "farming")
    decide(client, sheet, 1, "farming")
    open_text(client, "春耕备耕抓得紧、化肥种子备得足")
    answer = client.post("/api/queue")
    assert answer.status_code == 409, answer.json()
