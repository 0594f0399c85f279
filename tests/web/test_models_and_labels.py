"""Models put to use and taken back, labels in and out."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from classifier.labelling.corpus import read_decisions
from classifier.model.store import current, versions


def test_promote_and_roll_back(client: TestClient, workspace: Path) -> None:
    first = current(workspace / "models")
    other = next(one for one in versions(workspace / "models") if one != first)
    assert client.post("/api/models/rollback").status_code == 409
    assert client.post("/api/models/nonsense/promote").status_code == 404
    assert client.post(f"/api/models/{other}/promote").json() == {"version": other}
    assert current(workspace / "models") == other
    assert client.get("/health").json()["model"] == other
    assert client.post("/api/models/rollback").json() == {"version": first}
    assert client.get("/health").json()["model"] == first


def test_who_saw_another_model_in_use_changes_nothing(client: TestClient, workspace: Path) -> None:
    """Two people press the same button: the second is told what the first did."""
    first = current(workspace / "models")
    other = next(one for one in versions(workspace / "models") if one != first)
    promote = f"/api/models/{other}/promote"
    assert client.post(promote, params={"in_use": first}).status_code == 200
    assert client.post(promote, params={"in_use": first}).status_code == 200, "it is what was wanted"
    assert client.post("/api/models/rollback", params={"in_use": other}).json() == {"version": first}
    for path in ("/api/models/rollback", promote):
        late = client.post(path, params={"in_use": other})
        assert late.status_code == 409
        assert late.json()["detail"].startswith(f"{first} is in use meanwhile, no longer {other}")
    assert current(workspace / "models") == first


def test_import_is_all_or_nothing_and_can_be_taken_back(client: TestClient, workspace: Path) -> None:
    table = "文本,标签\n水稻长势喜人。,农业\n灯会开幕。,文旅\n坏行。,没有这个标签\n"
    bad = client.post("/api/labels/import", files={"file": ("表.csv", table.encode())})
    assert bad.status_code == 409
    assert "没有这个标签" in bad.json()["detail"]
    good = client.post("/api/labels/import", files={"file": ("表.csv", table.encode())}, data={"skip_bad": "true"})
    assert good.json()["stored"] == 2
    assert len(good.json()["left_out"]) == 1
    assert len([one for one in read_decisions(workspace / "labels").paragraphs if one.at]) == 2
    assert client.post("/api/labels/undo").json() == {"batch": good.json()["batch"]}
    assert not [one for one in read_decisions(workspace / "labels").paragraphs if one.at]
    assert client.post("/api/labels/undo").status_code == 409


def test_import_that_disagrees_asks_first(client: TestClient, workspace: Path) -> None:
    text = read_decisions(workspace / "labels").paragraphs[0].text
    table = f"text,label\n{text},tourism\n".encode()
    refused = client.post("/api/labels/import", files={"file": ("t.csv", table)})
    assert refused.status_code == 409
    newest = client.post("/api/labels/import", files={"file": ("t.csv", table)}, data={"on_conflict": "newest"})
    assert newest.json()["conflicts"] == 1
    assert client.post("/api/labels/import", files={"file": ("t.csv.gz", b"\x1f\x8b")}).status_code == 422


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"Accept-Language": "zh-CN"}, "农业 (stored); 文旅 ("),
        ({"Accept-Language": "zh", "Cookie": "lang=en"}, "farming (stored); tourism ("),
        ({}, "farming (stored); tourism ("),
    ],
    ids=["browser", "chosen", "program"],
)
def test_conflicts_name_labels_in_the_language_of_the_page(
    client: TestClient, workspace: Path, headers: dict[str, str], said: str
) -> None:
    one = next(one for one in read_decisions(workspace / "labels").paragraphs if one.labels == ("farming",))
    table = f"text,label\n{one.text},tourism\n".encode()
    refused = client.post("/api/labels/import", files={"file": ("t.csv", table)}, headers=headers)
    assert refused.status_code == 409
    assert f"”: {said}" in refused.json()["detail"]


def test_export_in_every_format_comes_back_the_same(client: TestClient, workspace: Path) -> None:
    for format_ in ("xlsx", "csv", "jsonl", "labelstudio", "doccano", "fasttext"):
        data = client.get("/api/labels/export", params={"format": format_})
        assert data.status_code == 200, format_
        assert "attachment" in data.headers["content-disposition"]
        back = client.post("/api/labels/import", files={"file": (f"labels.{format_}", data.content)})
        assert back.status_code == 200, back.text
        assert back.json()["stored"] == 0, format_
    assert client.get("/api/labels/export", params={"format": "exe"}).status_code == 422
