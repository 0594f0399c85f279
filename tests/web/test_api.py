"""The API for other programs."""

import json
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from classifier.api import load
from classifier.model.registry import listed, promote
from classifier.places import model_folders
from classifier.similar import open_similar, with_similar
from classifier.web.settings import Settings
from tests.web.conftest import TEXT, serving


def test_a_text_is_labelled_as_on_the_command_line(client: TestClient) -> None:
    answer = client.post("/api/label", json={"text": TEXT, "name": "周报.txt", "explain": True})
    assert answer.status_code == 200
    body = answer.json()
    model = load()
    results = with_similar(model.label(TEXT, explain=True), open_similar(model))
    expected = [one.as_row() | {"file": "周报.txt"} for one in results]
    assert body["paragraphs"] == json.loads(json.dumps(expected))
    assert body["labels"]["farming"] == {"zh": "农业", "en": "farming"}


def test_a_file_is_read_whatever_its_encoding(client: TestClient) -> None:
    answer = client.post("/api/label", files={"file": ("../../etc/周报.txt", TEXT.encode("gb18030"))})
    assert answer.status_code == 200
    assert answer.json()["name"] == "周报.txt"
    assert [one["primary"] for one in answer.json()["paragraphs"]] == [one.primary for one in load().label(TEXT)]


@pytest.mark.parametrize(
    ("sent", "status", "where"),
    [
        ({"json": {"text": ""}}, 422, "body.text"),
        ({"json": {"text": " \n"}}, 422, "body.text"),
        ({"json": {"text": "字", "more": 1}}, 422, "body.more"),
        ({"json": {"text": "字", "explain": "yes"}}, 422, "body.explain"),
        ({"json": ["text"]}, 422, "body"),
        ({"content": b"{", "headers": {"Content-Type": "application/json"}}, 400, "body"),
        ({"content": b'{"text": "\\ud800"}', "headers": {"Content-Type": "application/json"}}, 400, "body"),
        ({"content": b"x", "headers": {"Content-Type": "text/plain"}}, 415, "header.content-type"),
        ({"files": {"file": ("a.txt", b"")}}, 422, "body.file"),
        ({"files": {"file": ("a.docx", b"PK\x03\x04 broken")}}, 422, "body.file"),
        ({"files": {"other": ("a.txt", b"x")}}, 422, "body.file"),
    ],
)
def test_what_cannot_be_labelled_is_a_problem_with_its_place(
    client: TestClient, sent: dict[str, object], status: int, where: str
) -> None:
    answer = client.post("/api/label", **sent)  # type: ignore[arg-type]
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == {"type", "title", "status", "detail", "where"}
    assert problem["status"] == status
    assert problem["where"] == [where]


def test_a_large_body_is_refused_with_and_without_its_length(workspace: Path) -> None:
    with serving(Settings(labels=workspace / "labels", body_limit=100_000)) as client:
        large = b"x" * 100_001
        assert client.post("/api/label", content=large).status_code == 413
        pieces = (large[start : start + 10_000] for start in range(0, len(large), 10_000))
        answer = client.post("/api/label", content=pieces, headers={"Content-Type": "application/json"})
        assert answer.status_code == 413


def test_twenty_megabytes_are_taken_where_nothing_else_is_said() -> None:
    assert Settings(labels=Path("labels")).body_limit == 20_000_000


JSON_LINES = {"Content-Type": "application/x-ndjson"}


def test_lines_are_scored_in_order_and_bad_ones_answered_in_place(client: TestClient) -> None:
    """More in tests/web/test_score_as_command.py."""
    sent = [{"text": TEXT.split("\n", 1)[0], "id": number, "更多": ["原样"]} for number in range(600)]
    body = b"".join(json.dumps(one).encode() + b"\n" for one in sent)
    body += b'\n{"no": 1}\n[]\n' + json.dumps({"text": "字"}).encode()
    answer = client.post("/api/score", content=body, headers=JSON_LINES)
    assert answer.status_code == 200
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert [row.get("id") for row in rows] == [*range(600), None, None, None]
    model = load()
    labels = {"labels": ["farming"], "primary": "farming", "uncertain": rows[0]["uncertain"]}
    probabilities = {one: rows[0][one] for one in model.ids}
    assert rows[0] == {**sent[0], **labels, **probabilities, "error": None, "model": model.version}
    assert [row["error"] for row in rows[600:]] == ["the row has no text", "the line is not a JSON object", None]
    assert "classify_paragraphs_total 603.0" in client.get("/metrics").text


def test_a_column_that_is_there_already_is_refused_with_advice_that_works(client: TestClient) -> None:
    body = json.dumps({"text": TEXT, "primary": "mine", "predicted_error": 1}).encode()
    refused = client.post("/api/score", content=body, headers=JSON_LINES)
    assert (refused.status_code, refused.json()["where"]) == (422, ["query.prefix"])
    detail = refused.json()["detail"]
    assert detail.startswith("body: there is a column primary already")
    name, _, prefix = detail.rpartition(" ")[2].partition("=")
    (row,) = client.post("/api/score", content=body, headers=JSON_LINES, params={name: prefix}).text.splitlines()
    assert json.loads(row)["primary"] == "mine"
    assert json.loads(row)[f"{prefix}error"] is None


def test_a_table_of_another_kind_or_packing_is_refused(client: TestClient, workspace: Path) -> None:
    body = json.dumps({"text": TEXT}).encode()
    for headers in ({"Content-Type": "text/plain"}, JSON_LINES | {"Content-Encoding": "br"}):
        assert client.post("/api/score", content=body, headers=headers).status_code == 415
    with serving(Settings(labels=workspace / "labels", score_limit=100)) as small:
        assert small.post("/api/score", content=body * 9, headers=JSON_LINES).status_code == 413


def test_what_was_passed_over_is_told_at_the_end(client: TestClient) -> None:
    table = "某区来信\nid,text\n1,粮食播种面积稳住了。\n".encode()
    said = client.post("/api/score", content=table, headers={"Content-Type": "text/csv"}).text.splitlines()
    assert json.loads(said[-1]) == {"notes": ["line 1: stands above the headings; passed over"]}
    assert json.loads(said[0])["text"] == "粮食播种面积稳住了。"


def test_models_health_and_metrics(client: TestClient, workspace: Path) -> None:
    listed_ = client.get("/api/models").json()
    versions = {one.version for one in listed(model_folders())}
    assert {one["version"] for one in listed_} == versions
    assert [one["version"] for one in listed_ if one["in_use"]] == [load().version]
    assert client.get("/health").json() == {
        "status": "UP",
        "model": load().version,
        "model_class": "local-government-classifier",
        "problem": "",
    }
    client.post("/api/label", json={"text": TEXT})
    said = client.get("/metrics").text
    assert 'classify_requests_total{method="POST",route="/api/label",status="200"} 1.0' in said
    assert f'classify_model_info{{version="{load().version}"}} 1.0' in said
    assert "classify_paragraphs_total 4.0" in said


def test_a_model_promoted_under_load_is_taken_up_without_a_failed_request(client: TestClient) -> None:
    first = load().version
    other = next(one.version for one in listed(model_folders()) if one.version != first)
    seen: list[str] = []

    def ask(number: int) -> int:
        if number == 50:
            promote(other, model_folders())
        answer = client.post("/api/label", json={"text": TEXT})
        seen.append(answer.json()["model"])
        return answer.status_code

    with ThreadPoolExecutor(8) as pool:
        assert set(pool.map(ask, range(400))) == {200}
    assert set(seen) == {first, other}
    assert client.get("/health").json()["model"] == other


def test_a_broken_model_leaves_the_old_one_answering(client: TestClient, workspace: Path) -> None:
    first = load().version
    other = next(one for one in listed(model_folders()) if one.version != first)
    (other.folder / "scorer.npz").write_bytes(b"broken")
    answer = client.post(f"/api/models/{other.version}/promote")
    assert answer.json() == {"version": first}
    health = client.get("/health").json()
    assert health["model"] == first
    assert "scorer.npz" in health["problem"]


def test_every_documented_route_has_an_answer_for_errors(client: TestClient) -> None:
    described = client.get("/openapi.json").json()
    assert "ProblemDetails" in described["components"]["schemas"]
    assert {"/api/label", "/api/score", "/webhook"} <= set(described["paths"])
    for path, methods in described["paths"].items():
        for method, one in methods.items():
            assert "application/problem+json" in one["responses"]["422"]["content"], (method, path)


def test_the_events_of_a_training_are_as_described(client: TestClient, workspace: Path) -> None:
    (workspace / "labels" / "paragraphs" / "small.jsonl").write_text("", encoding="utf-8")  # refused at once
    client.post("/api/training")
    answer = client.get("/api/training/events")
    described = client.get("/openapi.json").json()["paths"]["/api/training/events"]["get"]["responses"]["200"]
    event = described["content"][answer.headers["content-type"].partition(";")[0]]["itemSchema"]
    told = [one for one in answer.text.split("\n\n") if one and not one.startswith(":")]
    assert len(told) >= 4
    for one in told:
        fields = dict(line.split(": ", 1) for line in one.split("\n"))
        assert set(event["required"]) <= set(fields) <= set(event["properties"])
        assert isinstance(json.loads(fields["data"]), dict)
    assert event["properties"]["data"]["contentSchema"] == {"type": "object"}
