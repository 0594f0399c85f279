"""Downloads: an extract of open documents, one document with its labels; what people decided counts."""

import io
import json

import docx
import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.labelling.exchange.making_corrections import changed, put
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT, open_text, shown

FIRST = TEXT.splitlines()[0]


def test_an_extract_of_two_documents(client: TestClient) -> None:
    """The same text in both stands there once, with both sources."""
    sheets = [open_text(client), open_text(client)]
    answer = client.get("/api/extract", params={"sheet": sheets, "only": ["farming"], "format": "jsonl"})
    assert answer.status_code == 200, answer.text
    rows = [json.loads(line) for line in answer.text.splitlines()]
    assert FIRST in [row["text"] for row in rows]
    assert all(len(row["again"]) == 1 for row in rows)
    assert "attachment; filename*=UTF-8''" in answer.headers["content-disposition"]


@pytest.mark.parametrize("format_", ["docx", "xlsx", "html", "md", "csv", "jsonl"])
@pytest.mark.parametrize("unit", ["paragraph", "sentence"])
def test_every_format(format_: str, unit: str, client: TestClient) -> None:
    params = {"sheet": open_text(client), "format": format_, "unit": unit, "context": "true"}
    answer = client.get("/api/extract", params=params)
    assert (answer.status_code, len(answer.content) > 100) == (200, True)


@pytest.mark.parametrize(
    ("params", "status"),
    [
        ({}, 422),
        ({"sheet": "none"}, 404),
        ({"sheet": "OPEN", "only": "渔业"}, 422),
        ({"sheet": "OPEN", "format": "pdf"}, 422),
    ],
)
def test_what_is_refused(params: dict[str, str], status: int, client: TestClient) -> None:
    sheet = open_text(client)
    asked = {key: sheet if value == "OPEN" else value for key, value in params.items()}
    assert client.get("/api/extract", params=asked).status_code == status


def test_labels_stand_in_the_margin_of_a_word_file(client: TestClient) -> None:
    answer = client.get(f"/api/sheets/{open_text(client)}/labelled")
    document = docx.Document(io.BytesIO(answer.content))
    assert [one.text for one in document.paragraphs] == TEXT.split("\n")
    comments = [comment.text for comment in document.comments]
    assert any(text.startswith("农业 ") for text in comments)
    assert "周报.docx" in answer.headers["content-disposition"] or "%E5%91%A8" in answer.headers["content-disposition"]
    markdown = client.get(f"/api/sheets/{open_text(client)}/labelled", params={"format": "md"}).text
    assert "> 农业 " in markdown


def test_what_somebody_decided_counts(client: TestClient) -> None:
    """Also in the margin, with the name of who decided."""
    sheet = open_text(client)
    model, states = shown(client, sheet)
    body = {"index": 0, "labels": ["tourism"], "by": "小王", "model": model, "version": states[0]["version"]}
    answer = client.post(f"/api/sheets/{sheet}/decisions", json=body)
    assert answer.status_code == 200, answer.text
    rows = client.get("/api/extract", params={"sheet": sheet, "only": "tourism", "format": "jsonl"}).text.splitlines()
    found = {row["text"]: row for row in map(json.loads, rows)}
    assert (found[FIRST]["labels"], found[FIRST]["decided"]["by"], found[FIRST]["uncertain"]) == (
        ["tourism"],
        "小王",
        False,
    )
    document = docx.Document(io.BytesIO(client.get(f"/api/sheets/{sheet}/labelled").content))
    assert ("文旅", "小王") in [(comment.text, comment.author) for comment in document.comments]


def test_a_document_corrected_in_excel(client: TestClient) -> None:
    """Downloaded, corrected, imported: what was changed counts, what nobody touched is nobody's decision."""
    sheet = open_text(client)
    model, states = shown(client, sheet)
    body = {"index": 1, "labels": [], "by": "小王", "model": model, "version": states[1]["version"]}
    assert client.post(f"/api/sheets/{sheet}/decisions", json=body).status_code == 200
    data = client.get(
        f"/api/sheets/{sheet}/labelled", params={"format": "xlsx"}, headers={"accept-language": "zh"}
    ).content
    rows = list(load_workbook(io.BytesIO(data))["核对"].iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == [text for text in TEXT.split("\n") if "来源" not in text]
    assert str(rows[2][7]).startswith("无主题（人工标注 小王 20")
    assert rows[2][8] == "none"
    untouched = client.post(
        "/api/labels/import", files={"file": ("核对.xlsx", data)}, data={"confirmed": "true"}
    ).json()
    assert (untouched["stored"], untouched["untouched"]) == (0, 3)
    edited = changed(data, put(1, "文旅", "是"), put(3, "已核对", "是"))
    done = client.post("/api/labels/import", files={"file": ("核对.xlsx", edited)}).json()
    assert [done[key] for key in ("stored", "corrected", "read", "untouched")] == [2, 1, 1, 1]
    states = shown(client, sheet)[1]
    assert (set(states[0]["labels"]), states[0]["decided"]) == ({"farming", "tourism"}, True)


def test_the_page_offers_open_documents(client: TestClient) -> None:
    assert "请先打开文档" in client.get("/extract", headers={"accept-language": "zh"}).text
    sheet = open_text(client)
    assert f'value="{sheet}"' in client.get("/extract").text
    for format_ in ("docx", "xlsx", "md"):
        assert f"/api/sheets/{sheet}/labelled?format={format_}" in client.get(f"/sheets/{sheet}").text


@needs_chromium
def test_ticked_and_downloaded_in_a_browser(address: str, page: Page) -> None:
    page.goto(address)
    page.fill("#text", TEXT)
    page.click("button[type=submit].primary")
    page.wait_for_url("**/sheets/*")
    page.goto(address + "extract")
    page.check("input[name=only][value=farming]")
    page.select_option("select[name=format]", "docx")
    with page.expect_download() as waiting:
        page.click("form.extract button")
    document = docx.Document(str(waiting.value.path()))
    assert FIRST in [one.text for one in document.paragraphs]
