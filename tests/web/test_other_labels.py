"""A labels folder whose labels the model does not know: nothing is suggested, on the page or in what is downloaded."""

import io
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from openpyxl import load_workbook
from playwright.sync_api import Page

from tests.browsing import until
from tests.conftest import needs_chromium
from tests.labelling.exchange.making_corrections import changed, put
from tests.web.conftest import TEXT, open_text

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


@needs_chromium
def test_a_page_shows_no_share_and_chooses_nothing_before_somebody_decides(page: Page, address: str) -> None:
    page.goto(address)
    page.fill("#text", TEXT)
    page.click("#open button[type=submit]")
    page.wait_for_selector(".p.current")
    assert page.locator(".shares").count() == 0
    assert "%" not in page.locator("#content").inner_text()
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
