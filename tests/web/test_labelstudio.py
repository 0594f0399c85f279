"""The backend for Label Studio."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from classifier.errors import LabelError
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import read_taxonomy
from classifier.web.labelstudio.config import read_config
from tests.web.labelstudio_reports import FARMING, OTHER, TOURISM, annotation, config, report, stored


def test_setup_tells_the_version_and_refuses_what_cannot_work(client: TestClient) -> None:
    setup = {"project": "1.1", "schema": config(), "hostname": "http://x", "access_token": "t", "extra_params": None}
    answer = client.post("/setup", json=setup).json()
    assert answer["model_version"] == client.get("/health").json()["model"]
    assert answer["notes"] == ["what: no label is called 别的; such annotations are kept aside"]
    refused = client.post("/setup", json={**setup, "schema": "<View><Image name='i' value='$i'/></View>"})
    assert refused.status_code == 422


def test_one_prediction_a_task_in_order_with_choices_of_the_project(client: TestClient) -> None:
    tasks = [{"id": n, "data": {"body": text}} for n, text in enumerate((TOURISM, FARMING, OTHER))]
    tasks.insert(1, {"id": 9, "data": {"other": 1}})
    body = {"tasks": tasks, "project": "1.1", "label_config": config(), "params": {"context": None}}
    results = client.post("/predict", json=body).json()["results"]
    assert [one["result"] and one["result"][0]["value"]["choices"] for one in results] == [
        ["tourism"],
        [],
        ["农业"],
        ["无"],
    ]
    assert {one["model_version"] for one in results} == {client.get("/health").json()["model"]}
    assert results[0]["result"][0] | {"value": 0} == {
        "from_name": "what",
        "to_name": "para",
        "type": "choices",
        "value": 0,
    }


def test_the_version_of_predictions_changes_with_the_model(client: TestClient) -> None:
    before = client.post("/setup", json={}).json()["model_version"]
    other = next(one["version"] for one in client.get("/api/models").json() if not one["in_use"])
    client.post(f"/api/models/{other}/promote")
    assert client.post("/setup", json={}).json()["model_version"] == other != before


def test_single_choice_gives_one_and_an_unknown_choice_is_never_invented(workspace: Path) -> None:
    names = Names(read_taxonomy(workspace / "labels"))
    single = read_config(config("single"), names).fields[0].best
    assert single.chosen(("tourism", "farming")) == ["tourism"]
    assert single.chosen(()) == ["无"]
    only = (
        read_config(config().replace('<Choice value="农业"/>', "").replace('<Choice value="无"/>', ""), names)
        .fields[0]
        .best
    )
    assert only.chosen(("farming",)) == []
    assert only.chosen(()) == []
    assert "别的" not in {name for labels in ((), ("farming",), ("tourism",)) for name in only.chosen(labels)}


@pytest.mark.parametrize("bad", ["<View", '<!DOCTYPE a [<!ENTITY b "c">]><View/>', "x" * 1_000_001])
def test_a_configuration_that_is_no_xml_or_grows_is_refused(workspace: Path, bad: str) -> None:
    with pytest.raises(LabelError, match="label_config"):
        read_config(bad, Names(read_taxonomy(workspace / "labels")))


def test_annotations_come_in_change_and_go(client: TestClient, workspace: Path) -> None:
    task = {"id": 7, "data": {"body": FARMING}}
    report(client, "ANNOTATION_CREATED", task=task, annotation=annotation(1, "tourism"))
    assert stored(workspace) == {FARMING: ("tourism",)}
    report(client, "ANNOTATION_UPDATED", task=task, annotation=annotation(1, "农业"))
    assert stored(workspace) == {FARMING: ("farming",)}
    tasks = [{"id": 8, "data": {"body": TOURISM}}, {"id": 9, "data": {"body": OTHER}}]
    both = [annotation(2, "tourism", task=8), annotation(3, "无", task=9)]
    report(client, "ANNOTATIONS_CREATED", task=tasks, annotation=both)
    assert stored(workspace) == {FARMING: ("farming",), TOURISM: ("tourism",), OTHER: ()}
    report(client, "ANNOTATIONS_DELETED", annotations=[{"id": 1}, {"id": 2}])
    assert stored(workspace) == {OTHER: ()}
