"""Decisions from a browser."""

import json
import threading
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi.testclient import TestClient

from classifier.labelling.corpus import read_decisions
from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.model.scorer import Scorer
from classifier.model.store import versions
from tests.labelling.folder.faulty_disk import FaultyDisk
from tests.web.conftest import TEXT, open_text, shown


def decide(
    client: TestClient, sheet: str, index: int, *labels: str, aside: str = "", window: str = "window-one"
) -> dict[str, Any]:
    model, states = shown(client, sheet)
    data = {"index": index, "labels": labels, "aside": aside, "by": "甲", "model": model}
    data["version"] = states[index]["version"]
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


def test_reasons_follow_from_what_was_judged_when_it_was_shown(
    client: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is judged a second time, and the reasons are those of a paragraph that is explained at once."""
    sheet = open_text(client)
    assert client.get(f"/sheets/{sheet}").status_code == 200
    expected = client.app.state.here.live_model.model.label_paragraph(TEXT.split("\n")[1], explain=True).as_row()  # type: ignore[attr-defined]

    def predicted(*_: object, **__: object) -> None:
        raise AssertionError("predicted again")

    monkeypatch.setattr(Scorer, "predict", predicted)
    said = client.get(f"/api/sheets/{sheet}/reasons/1").json()
    assert said["probabilities"] == expected["probabilities"]
    assert set(said["reasons"]) == set(expected["reasons"])
    for label, reason in expected["reasons"].items():
        for side in ("words_for", "words_against"):
            with_places = [one | {"places": said["places"][one["word"]]} for one in said["reasons"][label].pop(side)]
            assert with_places == json.loads(orjson.dumps(reason.pop(side)))
        assert said["reasons"][label] == json.loads(orjson.dumps(reason))


def test_reasons_and_progress(client: TestClient) -> None:
    sheet = open_text(client)
    reasons = client.get(f"/api/sheets/{sheet}/reasons/0").json()
    words = [one["word"] for one in reasons["reasons"]["farming"]["words_for"]]
    assert "化肥" in words
    assert reasons["sums"]["farming"]["zh"].startswith("起始值 ")
    assert " given from " in reasons["sums"]["tourism"]["en"]
    decide(client, sheet, 0, "farming")
    decide(client, sheet, 1, "farming")
    assert client.get("/api/progress", params={"sheet": sheet}).json() == {
        "decisions": 2, "told": 2, "agreed": 1, "sheet": 2, "of": 3,
    }  # fmt: skip


def test_a_stored_decision_changes_from_the_labels_page(client: TestClient, workspace: Path) -> None:
    before = read_decisions(workspace / "labels").paragraphs[0]
    data = {"key": before.key, "labels": ["tourism"], "by": "乙", "version": before.version}
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
    assert (answer.status_code, answer.json()["detail"][:19]) == (409, "nothing was confirm")
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


def test_a_decision_on_an_old_page_is_refused_with_what_counts(client: TestClient, workspace: Path) -> None:
    """A suggestion that is confirmed where a correction was not seen leaves the correction as it is."""
    sheet = open_text(client)
    path = f"/api/sheets/{sheet}/decisions"
    _, old = shown(client, sheet)
    corrected = decide(client, sheet, 1, "farming", window="window-one")
    data = {"index": 1, "labels": old[1]["suggested"], "by": "乙", "version": old[1]["version"]}
    refused = client.post(path, json=data, headers={"X-Client": "window-two"})
    assert refused.status_code == 409
    assert refused.json()["counts"] == corrected
    assert refused.json()["where"] == ["body.version"]
    kept = [one for one in read_decisions(workspace / "labels").paragraphs if one.at]
    assert [(one.labels, one.facts["by"]) for one in kept] == [(("farming",), "甲")]
    assert client.post("/api/undo", headers={"X-Client": "window-two"}).status_code == 409
    again = client.post(path, json=data | {"version": corrected["version"]}, headers={"X-Client": "window-two"})
    assert (again.json()["labels"], again.json()["by"]) == (["tourism"], "乙")


def test_what_was_taken_back_meanwhile_is_told_from_what_counts(client: TestClient) -> None:
    sheet = open_text(client)
    version = decide(client, sheet, 1, "farming")["version"]
    client.post("/api/undo", headers={"X-Client": "window-one"})
    refused = client.post(f"/api/sheets/{sheet}/decisions", json={"index": 1, "labels": [], "version": version})
    assert (refused.status_code, refused.json()["counts"]["decided"]) == (409, False)


def test_the_suggestion_that_was_on_the_screen_is_stored(client: TestClient, workspace: Path) -> None:
    """Another model may have been put to use since; what no page showed is no suggestion."""
    sheet = open_text(client)
    model, states = shown(client, sheet)
    other = next(one for one in versions(workspace / "models") if one != model)
    assert client.post(f"/api/models/{other}/promote").json() == {"version": other}
    path = f"/api/sheets/{sheet}/decisions"
    for index, said in ((0, model), (1, other), (3, "")):
        assert client.post(path, json={"index": index, "labels": [], "model": said}).status_code == 200
    facts = [one.facts for one in read_decisions(workspace / "labels").paragraphs if one.at]
    assert [(one.get("suggested"), one.get("suggested_by")) for one in facts] == [
        (states[0]["suggested"], model),
        (None, None),
        (None, None),
    ]
    assert shown(client, sheet)[0] == other


def test_a_damaged_folder_is_named_and_goes_on(client: TestClient, workspace: Path) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, "farming")
    small = workspace / "labels" / "paragraphs" / "small.jsonl"
    small.write_bytes(small.read_bytes() + b'{"text":"\n')
    assert decide(client, sheet, 1, "farming")["decided"]
    page = client.get("/labels", headers={"Accept-Language": "zh"}).text
    assert "small.jsonl:46：不是有效的 JSON" in page
    assert "47 段" in page
    for path in (f"/sheets/{sheet}", "/train", "/api/labels/export", "/api/progress"):
        assert client.get(path).status_code == 200, path


def test_undo_on_a_full_disk_is_tried_again_and_takes_back_one(client: TestClient) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, "farming")
    decide(client, sheet, 1, "farming")
    with FaultyDisk(0).mounted():
        assert client.post("/api/undo", headers={"X-Client": "window-one"}).status_code == 500
    keys = [one["key"] for one in shown(client, sheet)[1]]
    assert client.post("/api/undo", headers={"X-Client": "window-one"}).json()["key"] == keys[1]
    assert [one["decided"] for one in shown(client, sheet)[1]] == [True, False, False, False]


def test_a_decision_that_finds_the_disk_full_is_answered_so_and_the_next_is_stored(client: TestClient) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, "farming")
    with FaultyDisk(0, 20, full=True).mounted():
        answer = client.post(
            f"/api/sheets/{sheet}/decisions", json={"index": 1, "labels": []}, headers={"X-Client": "window-one"}
        )
    assert answer.status_code == 507
    assert decide(client, sheet, 3, "tourism")["labels"] == ["tourism"]
    assert [one["decided"] for one in shown(client, sheet)[1]] == [True, False, False, True]


def test_undo_whose_answer_was_lost_takes_back_one(client: TestClient) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, "farming")
    decide(client, sheet, 1, "farming")
    answers = [client.post("/api/undo?attempt=one", headers={"X-Client": "window-one"}).json() for _ in range(3)]
    assert answers[0] == answers[1] == answers[2]
    assert [one["decided"] for one in shown(client, sheet)[1]] == [True, False, False, False]
    assert client.post("/api/undo?attempt=two", headers={"X-Client": "window-one"}).json()["key"] != answers[0]["key"]
    assert client.post("/api/undo?attempt=three", headers={"X-Client": "window-one"}).status_code == 409
