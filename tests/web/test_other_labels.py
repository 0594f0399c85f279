"""A labels folder whose labels the model does not know: nothing is suggested, on the page or in what is downloaded."""

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.browsing import arrived, until
from tests.labelling.exchange.making_corrections import changed, put
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT, open_text, shown

TAXONOMY = """name = "offices"

[[label]]
id = "roads"
zh = "道路"
en = "roads"

[[label]]
id = "schools"
zh = "学校"
en = "schools"
"""
FIRST = TEXT.split("\n")[0]


@pytest.fixture(autouse=True)
def other_labels(workspace: Path) -> None:
    """The labels folder begins anew with labels of its own; the model stays."""
    for old in (workspace / "labels").rglob("*.jsonl"):
        old.unlink()
    (workspace / "labels" / "taxonomy.toml").write_text(TAXONOMY, encoding="utf-8")


def downloaded(client: TestClient, sheet: str, format_: str) -> bytes:
    answer = client.get(f"/api/sheets/{sheet}/labelled?format={format_}", headers={"Accept-Language": "zh-CN"})
    assert answer.status_code == 200, answer.text
    return answer.content


def test_a_table_to_correct_offers_the_folder_s_labels_and_comes_back(client: TestClient) -> None:
    sheet = open_text(client)
    data = downloaded(client, sheet, "xlsx")
    rows = list(load_workbook(io.BytesIO(data)).worksheets[0].values)
    assert {"道路", "学校"} <= set(rows[0])
    assert "农业" not in rows[0]
    assert all(row[rows[0].index(name)] is None for row in rows[1:] for name in ("道路", "学校"))
    answer = client.post(
        "/api/labels/import", files={"file": ("核对.xlsx", changed(data, put(1, "道路", "是")))}, data={"by": "王"}
    )
    assert answer.status_code < 300, answer.text
    marked = downloaded(client, sheet, "md").decode()
    assert marked.count("> 道路（人工标注 ") == 1
    assert "农业" not in marked
    again = list(load_workbook(io.BytesIO(downloaded(client, sheet, "xlsx"))).worksheets[0].values)
    assert again[1][again[0].index("道路")] == "是"


def decide(client: TestClient, sheet: str, index: int, labels: list[str]) -> None:
    """Let 小王 decide on a paragraph as the page does."""
    model, states = shown(client, sheet)
    body = {"index": index, "labels": labels, "by": "小王", "model": model, "version": states[index]["version"]}
    answer = client.post(f"/api/sheets/{sheet}/decisions", json=body)
    assert answer.status_code == 200, answer.text


def extracted(client: TestClient, sheet: str, **asked: str) -> list[dict[str, Any]]:
    answer = client.get("/api/extract", params={"sheet": sheet, "format": "jsonl", **asked})
    assert answer.status_code == 200, answer.text
    return [json.loads(line) for line in answer.text.splitlines()]


def test_an_extract_holds_what_people_decided_under_the_folder_s_labels(client: TestClient) -> None:
    sheet = open_text(client)
    assert extracted(client, sheet) == extracted(client, sheet, only="none") == []  # nobody said that there is none
    decide(client, sheet, 0, ["roads"])
    decide(client, sheet, 1, [])
    every = extracted(client, sheet)
    assert [(one["text"], one["labels"], one["decided"]["by"]) for one in every] == [(FIRST, ["roads"], "小王")]
    assert (every[0]["probabilities"], every[0]["model"], every[0]["uncertain"]) == ({}, "", False)
    assert extracted(client, sheet, only="学校") == []
    assert [one["text"] for one in extracted(client, sheet, only="none")] == [TEXT.split("\n")[1]]
    assert [one["labels"] for one in extracted(client, sheet, unit="sentence", context="true")] == [["roads"]]
    refused = client.get("/api/extract", params={"sheet": sheet, "only": "farming"})
    assert refused.status_code == 422
    assert "roads (道路), schools (学校)" in refused.json()["detail"]


def test_a_decision_on_a_sentence_is_extracted_by_sentence(client: TestClient) -> None:
    sheet = open_text(client, "山路修通了。新校舍落成了。\n秋收已毕。")
    states = shown(client, sheet)[1]
    sentence = states[0]["sentences"][1]
    place = {"index": 0, "start": sentence["start"], "end": sentence["end"]}
    body = {**place, "labels": ["schools"], "by": "小王", "version": sentence["version"]}
    answer = client.post(f"/api/sheets/{sheet}/sentences", json=body)
    assert answer.status_code == 200, answer.text
    assert extracted(client, sheet) == []
    found = extracted(client, sheet, unit="sentence", context="true")
    assert [(one["text"], one["labels"], one["before"]) for one in found] == [
        ("新校舍落成了。", ["schools"], "山路修通了。")
    ]


@pytest.mark.parametrize("format_", ["docx", "xlsx", "html", "md", "csv", "jsonl"])
@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_every_format_of_an_extract_without_a_model(client: TestClient, format_: str, unit: str) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, ["roads"])
    params = {"sheet": sheet, "format": format_, "unit": unit}
    answer = client.get("/api/extract", params=params, headers={"Accept-Language": "zh"})
    assert answer.status_code == 200, answer.text
    if format_ in {"md", "html"}:
        assert "只收人工标注的内容：当前模型的标签与标注库不同。" in answer.text
        assert "道路" in answer.text
    if format_ in {"csv", "md", "html"}:
        assert "概率" not in answer.text
        assert "由模型" not in answer.text


def test_the_pages_of_extracts_and_searches_offer_the_folder_s_labels(client: TestClient) -> None:
    sheet = open_text(client)
    decide(client, sheet, 0, ["roads"])
    for path in ("/extract", "/search?label=roads"):
        page = client.get(path, headers={"Accept-Language": "zh"}).text
        assert "道路" in page
        assert "农业" not in page
        assert "这里只有人工标注的内容。" in page
    hits = re.compile(rf"/sheets/{sheet}#p(\d+)")
    found = {label: hits.findall(client.get(f"/search?label={label}").text) for label in ("roads", "farming", "none")}
    assert found == {"roads": ["0"], "farming": [], "none": []}
    decide(client, sheet, 1, [])
    assert hits.findall(client.get("/search?label=none").text) == ["1"]
    everything = client.get("/search", params={"q": TEXT.split("\n")[2][:4]}, headers={"Accept-Language": "zh"}).text
    assert hits.findall(everything) == ["2"]
    assert "无主题" not in everything.split('class="stored hits"')[1]


@needs_chromium
def test_a_page_shows_no_share_and_chooses_nothing_before_somebody_decides(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#text", TEXT)
    page.click("#open button[type=submit]")
    arrived(page, ".p.current")
    assert page.locator(".shares").count() == 0
    assert "%" not in str(page.locator("#content").text_content())  # not innerText: a paragraph may not be drawn yet
    assert page.locator(".choice[aria-pressed=true]").count() == 0
    assert page.locator("li.p.body .chip").count() == 0
    page.keyboard.press("Enter")
    assert page.locator("#state").inner_text() == "Choose a label first, or none."
    assert page.locator(".p.decided").count() == 0
    page.select_option("#only", "none")
    assert page.locator(".p.body:not([hidden])").count() == 0
    page.select_option("#only", "")
    page.keyboard.press("0")
    until(page, lambda: page.locator(".p.decided").count() == 1)
