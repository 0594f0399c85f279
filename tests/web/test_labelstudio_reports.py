"""Reports of Label Studio: told apart by project and instance, in order, kept where they cannot be made use of."""

import asyncio
import errno
import json
import os
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from classifier.labelling.folder import appending
from classifier.web.app import create_app
from classifier.web.labelstudio import kept_reports
from classifier.web.settings import Settings
from tests.web.labelstudio_reports import (
    FARMING,
    OTHER,
    TOURISM,
    annotation,
    config,
    project,
    region,
    report,
    stored,
    task,
)
from tests.web.running_server import run_apart
from tests.web.test_messages import read_in_chinese

CREATED, UPDATED, MANY = "ANNOTATION_CREATED", "ANNOTATION_UPDATED", "ANNOTATIONS_CREATED"
DELETED, TASKS_DELETED = "ANNOTATIONS_DELETED", "TASKS_DELETED"
ELSEWHERE = "2026-05-05T05:05:05Z"  # when another Label Studio made its first project


def kept(client: TestClient) -> list[dict[str, Any]]:
    """Return the reports that wait, the newest first."""
    assert isinstance(client.app, FastAPI)
    return [vars(one) for one in client.app.state.here.annotations.kept.all()]


def rows(workspace: Path) -> list[dict[str, Any]]:
    batches = list((workspace / "labels" / "paragraphs").glob("2*.jsonl"))
    return [json.loads(line) for path in sorted(batches) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize(
    "other", [{"project": project(2)}, {"project": project(made=ELSEWHERE)}, {"instance": "copy"}], ids=["project", "other", "copy"]
)  # fmt: skip
@pytest.mark.parametrize("gone", [DELETED, TASKS_DELETED])
def test_what_goes_in_one_label_studio_or_project_stays_in_another(
    client: TestClient, workspace: Path, other: dict[str, Any], gone: str
) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业"))
    report(client, CREATED, task=task(7, TOURISM), annotation=annotation(1, "tourism"), **other)
    said = report(client, gone, annotations=[{"id": 1}], tasks=[{"id": 7}], **other)
    assert said["accepted"] == "annotations: 0 stored, 1 taken back"
    assert stored(workspace) == {FARMING: ("farming",)}
    report(client, gone, annotations=[{"id": 1}], tasks=[{"id": 7}])
    assert stored(workspace) == {}


def test_a_change_in_one_project_does_not_take_the_place_of_anothers(client: TestClient, workspace: Path) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业", at="2026-03-03T00:00:00Z"))
    older = annotation(1, "tourism", at="2026-02-02T00:00:00Z")
    report(client, CREATED, task=task(7, TOURISM), annotation=older, project=project(2))
    assert stored(workspace) == {FARMING: ("farming",), TOURISM: ("tourism",)}


@pytest.mark.parametrize("who", [{"project": None}, {"project": {}}])
def test_a_deletion_that_names_no_project_deletes_nothing_and_is_kept(
    client: TestClient, workspace: Path, who: dict[str, Any]
) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业"))
    assert "does not say of which project" in report(client, DELETED, annotations=[{"id": 1}], **who)["detail"]
    assert stored(workspace) == {FARMING: ("farming",)}


def test_the_same_report_twice_and_an_older_one_late_change_nothing(client: TestClient, workspace: Path) -> None:
    new = annotation(1, "农业", at="2026-02-02T00:00:02Z")
    for one in (
        new,
        new,
        annotation(1, "tourism", at="2026-02-02T00:00:01Z"),
        annotation(1, was_cancelled=True, at="2026-02-02T00:00:00Z"),
    ):
        report(client, UPDATED, task=task(7, FARMING), annotation=one)
    assert [one["labels"] for one in rows(workspace)] == [["farming"]]
    assert kept(client) == []


def test_a_skipped_task_takes_its_annotation_back(client: TestClient, workspace: Path) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, was_cancelled=True))
    report(client, CREATED, task=task(8, TOURISM), annotation=annotation(2, "tourism", task=8))
    assert stored(workspace) == {TOURISM: ("tourism",)}
    skipped = annotation(2, task=8, was_cancelled=True, at="2026-02-03T00:00:00Z")
    assert (
        report(client, UPDATED, task=task(8, TOURISM), annotation=skipped)["accepted"]
        == "annotations: 0 stored, 1 taken back"
    )
    assert (stored(workspace), kept(client)) == ({}, [])


def test_several_annotators_of_a_task_each_count_until_theirs_is_deleted(client: TestClient, workspace: Path) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业"))
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(2, "tourism") | {"completed_by": 4})
    assert stored(workspace) == {FARMING: ("tourism",)}
    report(client, DELETED, annotations=[{"id": 2}])
    assert stored(workspace) == {FARMING: ("farming",)}


def test_ground_truth_goes_on_to_count_until_it_is_none(client: TestClient, workspace: Path) -> None:
    def told(action: str, one: dict[str, Any]) -> tuple[str, ...]:
        report(client, action, task=task(7, FARMING), annotation=one)
        return stored(workspace)[FARMING]

    assert told(CREATED, annotation(1, "农业", ground_truth=True)) == ("farming",)
    assert told(CREATED, annotation(2, "tourism")) == ("farming",)
    assert told(UPDATED, annotation(1, "无", ground_truth=True, at="2026-02-03T00:00:00Z")) == ()
    assert told(UPDATED, annotation(1, "无", ground_truth=False, at="2026-02-04T00:00:00Z")) == ()
    assert told(UPDATED, annotation(2, "tourism", at="2026-02-05T00:00:00Z")) == ("tourism",)


def test_a_paragraph_corrected_on_the_page_is_label_studios_no_longer(client: TestClient, workspace: Path) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "tourism"))
    assert isinstance(client.app, FastAPI)
    (known,) = [one for one in client.app.state.here.decision_store.corpus().paragraphs if one.text == FARMING]
    corrected = {"key": known.key, "labels": ["farming"], "version": known.version}
    assert client.post("/api/labels/decisions", json=corrected).status_code == 200
    report(client, DELETED, annotations=[{"id": 1}])
    assert stored(workspace) == {FARMING: ("farming",)}


@pytest.mark.parametrize(("tag", "value", "text"), [
    ("HyperText", f"<p>{FARMING}</p>", FARMING),
    ("Text", f"<div>{FARMING}</div>", FARMING),
    ("Paragraphs", [{"author": "甲", "text": FARMING}, {"text": OTHER}], f"{FARMING}\n{OTHER}"),
])  # fmt: skip
def test_tasks_are_stored_as_their_text(client: TestClient, workspace: Path, tag: str, value: Any, text: str) -> None:
    shown = project(label_config=config().replace("<Text ", f"<{tag} "))
    report(client, CREATED, project=shown, task=task(7, value), annotation=annotation(1, "农业"))
    assert stored(workspace) == {text: ("farming",)}


def test_each_text_of_a_task_is_stored_that_something_was_chosen_for(client: TestClient, workspace: Path) -> None:
    inside = '<Text name="p{{idx}}" value="$items[{{idx}}]"/><Choices name="c{{idx}}" toName="p{{idx}}"><Choice value="农业"/><Choice value="文旅"/></Choices>'
    repeated = project(label_config=f'<View><Repeater on="$items">{inside}</Repeater></View>')
    result = [region("农业", name="c0", to="p0"), region("文旅", name="c1", to="p1")]
    one = annotation(1) | {"result": result}
    report(client, CREATED, project=repeated, task=task(7, [FARMING, TOURISM, OTHER], "items"), annotation=one)
    assert stored(workspace) == {FARMING: ("farming",), TOURISM: ("tourism",)}
    report(client, DELETED, project=repeated, annotations=[{"id": 1}])
    assert stored(workspace) == {}


@pytest.mark.parametrize("action", [
    "PROJECT_UPDATED", "PROJECT_CREATED", "PROJECT_DELETED", "TASKS_CREATED", "LABEL_LINK_CREATED", "LABEL_LINK_DELETED",
])  # fmt: skip
def test_what_asks_for_nothing_is_not_kept(client: TestClient, workspace: Path, action: str) -> None:
    assert report(client, action, tasks=[task(7, FARMING)])["accepted"] == "nothing to do"
    assert (stored(workspace), kept(client)) == ({}, [])


def test_a_project_whose_choices_no_longer_fit_is_shown_until_they_do(client: TestClient) -> None:
    assert "no choice is a label" in report(
        client, "PROJECT_UPDATED", project=project(label_config=config().replace("农业", "好").replace('alias="tourism"', ""))
    )["detail"]  # fmt: skip
    assert [one["config"] for one in kept(client)] == ["1.1767323045"]
    report(client, "PROJECT_UPDATED")
    assert kept(client) == []


UNCLEAR: dict[str, dict[str, Any]] = {
    "no label is called '别的'": {"task": task(7, FARMING), "annotation": annotation(1, "别的")},
    "comes without its task$": {"annotation": annotation(1, "农业")},
    "comes without its task's data": {"task": {"id": 7, "data": 5}, "annotation": annotation(1, "农业")},
    r"no text under \$body": {"task": task(7, FARMING, "other"), "annotation": annotation(1, "农业")},
    "says nothing": {"task": task(7, FARMING), "annotation": annotation(1) | {"result": 5}},
    "says nothing of the choices 'what'": {
        "task": task(7, FARMING), "annotation": annotation(1) | {"result": [region("好", name="mood")]},
    },
    "Send payload": {"project": None},
    "label_config": {"project": project(label_config="<View/>"), "task": task(7, FARMING), "annotation": annotation(1, "农业")},
    "has no id": {"task": task(7, FARMING), "annotation": {**annotation(1, "农业"), "id": None}},
    "none and tourism": {"task": task(7, FARMING), "annotation": annotation(1, "无", "tourism")},
    "a choice must be": {"task": task(7, FARMING), "annotation": annotation(1) | {"result": [region([])]}},
}  # fmt: skip


@pytest.mark.parametrize("why", UNCLEAR)
def test_a_report_that_is_not_understood_is_kept_and_shown(client: TestClient, workspace: Path, why: str) -> None:
    answer = report(client, CREATED, **UNCLEAR[why])
    assert answer["accepted"] == "kept"
    (one,) = kept(client)
    with pytest.raises(AssertionError, match=why):
        raise AssertionError(one["why"])
    assert answer["detail"] == one["why"]
    page = client.get("/labels", headers={"Cookie": "language=zh"}).text
    assert f'data-name="{one["name"]}"' in page
    assert stored(workspace) == {}
    report(client, CREATED, task=task(9, TOURISM), annotation=annotation(2, "tourism", task=9))
    assert stored(workspace) == {TOURISM: ("tourism",)}


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"5", b'{"action": 5}', b'{"x": "\xff"}', b'{"action": "MOVED"}'])
def test_bytes_that_are_no_report_are_kept_as_they_are(client: TestClient, workspace: Path, body: bytes) -> None:
    answer = client.post("/webhook", content=body)
    assert (answer.status_code, answer.json()["accepted"]) == (202, "kept")
    (path,) = (workspace / "labels" / "reports").iterdir()
    data = path.read_bytes().partition(b"\n")[2]
    assert data == body or json.loads(data) == json.loads(body)


def test_of_many_annotations_those_that_are_understood_are_stored_and_the_rest_kept(
    client: TestClient, workspace: Path
) -> None:
    tasks = [task(number, text) for number, text in ((7, FARMING), (8, TOURISM), (9, OTHER))]
    some = [annotation(1, "农业"), annotation(2, "别的", task=8), annotation(3, "无", task=9)]
    answer = report(client, MANY, task=tasks, annotation=some)
    assert answer["accepted"] == "annotations: 2 stored, 0 taken back; the rest kept"
    assert stored(workspace) == {FARMING: ("farming",), OTHER: ()}
    (one,) = kept(client)
    assert one["names"] == ("labelstudio:1.1767323045/2",)


def test_a_kept_report_goes_when_its_annotation_was_put_right_in_label_studio(
    client: TestClient, workspace: Path
) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "别的"))
    report(client, UPDATED, task=task(7, FARMING), annotation=annotation(1, "别的", at="2026-02-03T00:00:00Z"))
    assert len(kept(client)) == 1
    report(client, UPDATED, task=task(7, FARMING), annotation=annotation(1, "农业", at="2026-02-04T00:00:00Z"))
    assert (kept(client), stored(workspace)) == ([], {FARMING: ("farming",)})
    report(client, UPDATED, task=task(8, TOURISM), annotation=annotation(2, "别的", task=8))
    report(client, DELETED, annotations=[{"id": 2}])
    assert kept(client) == []
    assert len(list((workspace / "labels" / "undone").glob("*.report"))) == 3


def again(client: TestClient) -> Any:
    (one,) = kept(client)
    return client.post(f"/api/reports/{one['name']}/again")


def test_a_kept_report_is_tried_again_when_the_label_got_its_name(client: TestClient, workspace: Path) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "别的"))
    assert again(client).status_code == 409
    path = workspace / "labels" / "taxonomy.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"农业"', '"别的"'), encoding="utf-8")
    assert again(client).json()["accepted"] == "annotations: 1 stored, 0 taken back"
    assert (kept(client), stored(workspace)) == ([], {FARMING: ("farming",)})


def test_a_kept_report_does_not_overwrite_what_was_decided_since(client: TestClient, workspace: Path) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "别的"))
    report(client, CREATED, task=task(9, FARMING), annotation=annotation(2, "tourism", task=9), project=project(2))
    path = workspace / "labels" / "taxonomy.toml"
    path.write_text(path.read_text(encoding="utf-8").replace('"农业"', '"别的"'), encoding="utf-8")
    refused = again(client)
    assert (refused.status_code, refused.json()["detail"]) == (
        409, "somebody has decided on this paragraph since the report came; it is not overwritten",
    )  # fmt: skip
    assert stored(workspace) == {FARMING: ("tourism",)}
    (one,) = kept(client)
    assert client.post(f"/api/reports/{one['name']}/aside").status_code == 200
    assert kept(client) == []
    assert client.post(f"/api/reports/{one['name']}/aside").status_code == 409


def test_what_lets_strangers_into_label_studio_is_not_kept(client: TestClient, workspace: Path) -> None:
    secret = {**project(), "task_data_password": "open-sesame", "token": "open-sesame"}
    report(client, CREATED, project=secret, task=task(7, FARMING), annotation=annotation(1, "别的"))
    (path,) = (workspace / "labels" / "reports").iterdir()
    assert "open-sesame" not in path.read_text(encoding="utf-8")


def test_kept_reports_have_an_end(client: TestClient, workspace: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_reports, "LONGEST", 100)
    monkeypatch.setattr(kept_reports, "MOST", 2)
    client.post("/webhook", content=b"x" * 500)
    (one,) = kept(client)
    assert (one["whole"], one["bytes"]) == (False, 500)
    assert (workspace / "labels" / "reports" / one["name"]).stat().st_size < 400
    assert again(client).status_code == 409
    client.post("/webhook", content=b"x")
    full = client.post("/webhook", content=b"x")
    assert (full.status_code, "No more are kept" in full.json()["detail"]) == (507, True)
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业"))
    assert stored(workspace) == {FARMING: ("farming",)}


@pytest.mark.parametrize(("number", "status"), [(errno.ENOSPC, 507), (errno.EDQUOT, 507), (errno.EIO, 503)])
@pytest.mark.parametrize("some", [1, 3])
def test_on_a_full_disk_nothing_is_stored_by_half_and_the_answer_says_so(
    client: TestClient, workspace: Path, monkeypatch: pytest.MonkeyPatch, number: int, status: int, some: int
) -> None:
    texts = [FARMING, TOURISM, OTHER][:some]
    body = {
        "action": MANY, "project": project(), "task": [task(n, text) for n, text in enumerate(texts)],
        "annotation": [annotation(n, "农业", task=n) for n in range(some)],
    }  # fmt: skip
    report(client, CREATED, task=task(99, "另一段农业的话。"), annotation=annotation(99, "农业", task=99))
    before = rows(workspace)

    def full(*_: Any) -> None:
        raise OSError(number, os.strerror(number))

    with monkeypatch.context() as patch:
        patch.setattr(appending, "_write", full)
        patch.setattr("classifier.files.sync", full)
        answer = client.post("/webhook", json=body)
        assert (answer.status_code, os.strerror(number) in answer.json()["detail"]) == (status, True)
    assert (rows(workspace), kept(client)) == (before, [])
    assert client.post("/webhook", json=body).status_code == 202
    assert set(stored(workspace)) == {*texts, "另一段农业的话。"}


def test_a_training_knows_the_600_annotations_that_came_before_it(
    workspace: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All are sent at once, and the training behind them before any was answered."""
    app = create_app(Settings(labels=workspace / "labels"))
    learnt: list[int] = []

    async def start(promote: bool) -> bool:
        learnt.append(len(stored(workspace)))
        return promote

    async def everything() -> list[httpx2.Response]:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://127.0.0.1:8000") as client:
            texts = [f"第{number}号地块的化肥种子备得足。" for number in range(600)]
            sent = [
                {
                    "action": CREATED,
                    "project": project(),
                    "task": task(n, text),
                    "annotation": annotation(n, "农业", task=n),
                }
                for n, text in enumerate(texts)
            ]
            bodies = [*sent, {"action": "START_TRAINING", "project": project()}]
            return await asyncio.gather(*[client.post("/webhook", json=one) for one in bodies])

    monkeypatch.setattr(app.state.here.training, "start", start)
    monkeypatch.setattr(os, "fsync", lambda _: None)  # the disk's time is not what is tested
    answers = run_apart(everything(), 300)
    assert {one.status_code for one in answers} == {202}
    assert answers[-1].json()["accepted"] == "training"
    assert learnt == [600]


def test_why_a_report_was_kept_reads_in_chinese(client: TestClient) -> None:
    messages = [report(client, CREATED, **some)["detail"] for some in UNCLEAR.values()]
    messages += [
        client.post("/webhook", content=body).json()["detail"] for body in (b"{", b"[]", b'{"action": "MOVED"}')
    ]
    messages.append(report(client, DELETED, annotations=[{"id": 1}], project=None)["detail"])
    messages.append(report(client, TASKS_DELETED, tasks=[{"id": 1}], project=None)["detail"])
    messages.append(client.post("/api/reports/none/again").json()["detail"])
    for inside in (
        "",
        '<Choices name="a" toName="para" perRegion="true"/>',
        '<Choices name="a" toName="para"><Choice value="好"/></Choices>',
    ):
        schema = f'<View><Text name="para" value="$body"/>{inside}</View>'
        messages.append(client.post("/setup", json={"project": "1.1", "schema": schema}).json()["detail"])
    address = config().replace('value="$body"', 'value="$body" valueType="url"')
    messages.append(client.post("/setup", json={"project": "1.1", "schema": address}).json()["detail"])
    fitting = config().replace("农业", "好")
    messages += client.post("/setup", json={"project": "1.1", "schema": fitting}).json()["notes"]
    read_in_chinese(messages)


def test_an_export_of_what_was_reported_brings_in_nothing_twice(client: TestClient, workspace: Path) -> None:
    """Of what the webhook did not report an export brings the rest."""
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业"))
    whole = [
        {"id": n, "data": {"text": f"<p>{text}</p>"}, "annotations": [annotation(n, name, task=n)]}
        for n, text, name in ((7, FARMING, "农业"), (8, TOURISM, "tourism"))
    ]
    file = ("export.json", json.dumps(whole, ensure_ascii=False).encode())
    answer = client.post("/api/labels/import", files={"file": file}).json()
    assert (answer["stored"], answer["already"]) == (1, 1)
    assert stored(workspace) == {FARMING: ("farming",), TOURISM: ("tourism",)}


def test_a_folder_that_cannot_be_read_keeps_reports_until_it_can(client: TestClient, workspace: Path) -> None:
    path = workspace / "labels" / "taxonomy.toml"
    sound = path.read_bytes()
    path.write_bytes(b"[[label]")
    assert (
        "taxonomy.toml: not valid TOML"
        in report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业"))["detail"]
    )
    path.write_bytes(sound)
    assert again(client).status_code == 200
    assert (kept(client), stored(workspace)) == ([], {FARMING: ("farming",)})


def test_damaged_rows_stay_as_they_are_when_others_come_and_go(client: TestClient, workspace: Path) -> None:
    report(client, CREATED, task=task(7, FARMING), annotation=annotation(1, "农业"))
    (path,) = (workspace / "labels" / "paragraphs").glob("2*.jsonl")
    half = b'{"text": "\xe5\x8d\x8a", "labels": [\n'
    path.write_bytes(half + path.read_bytes())
    report(client, CREATED, task=task(8, TOURISM), annotation=annotation(2, "tourism", task=8))
    assert report(client, DELETED, annotations=[{"id": 1}])["accepted"] == "annotations: 0 stored, 1 taken back"
    assert (stored(workspace), path.read_bytes().startswith(half)) == ({TOURISM: ("tourism",)}, True)
