"""Labels, documents and the language in a real Chromium: what went wrong is seen, and nothing is lost in silence."""

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Dialog, FilePayload, Page, expect

from classifier.labelling.corpus import read_decisions
from classifier.web.i18n.texts import texts
from classifier.web.settings import MEGABYTE, Settings
from tests.browsing import arrived, sound_page, until
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT, open_text, serving
from tests.web.labelstudio_reports import annotation, project, stored, task
from tests.web.running_server import answering

BAD = "文本,标签\n坏行。,没有这个标签\n"
GOOD = "文本,标签,标注人\n水稻长势喜人。,农业,甲\n灯会开幕。,文旅,甲\n"
TOKEN = "long-enough-to-be-a-token"


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A narrow page in China, in English, on which no script fails."""
    narrow = {"width": 390, "height": 700}
    with sound_page(
        browser, viewport=narrow, locale="en-GB", timezone_id="Asia/Shanghai", reduced_motion="reduce"
    ) as found:
        yield found


def upload(page: Page, selector: str, *files: tuple[str, bytes | str]) -> None:
    sent: list[FilePayload] = [
        {"name": name, "mimeType": "", "buffer": data.encode() if isinstance(data, str) else data}
        for name, data in files
    ]
    page.set_input_files(selector, sent)


def import_file(page: Page, name: str, data: bytes | str) -> None:
    upload(page, "#import input[type=file]", (name, data))
    page.click("#import button.primary")


def in_view(page: Page, selector: str) -> bool:
    """Tell whether something is seen below the head of the page."""
    box = page.locator(selector).bounding_box()
    top = page.locator("header.top").bounding_box()
    assert top
    return box is not None and box["height"] > 0 and top["height"] <= box["y"] and box["y"] + box["height"] <= 700


@needs_chromium
def test_a_label_and_an_aside_exclude_each_other(workspace: Path, address: str, page: Page) -> None:
    def answer() -> tuple[tuple[str, ...], str]:
        one = next(one for one in read_decisions(workspace / "labels").paragraphs if one.key == key)
        return one.labels, one.aside

    def edit() -> None:
        row.locator("[data-edit]").click()

    def save() -> None:
        row.locator(".editor .primary").click()
        page.wait_for_selector(".editor", state="detached")

    page.goto(address + "labels?label=farming")
    row = page.locator("#stored > li").first
    key = row.get_attribute("data-key")
    edit()
    assert row.locator("select option").first.inner_text() == "labelled"
    row.locator("select").select_option("doubtful")
    assert row.locator("input:checked").count() == 0
    save()
    assert answer() == ((), "doubtful")

    edit()
    assert row.locator("select").input_value() == "doubtful"
    row.locator("input[value=tourism]").check()
    assert row.locator("select").input_value() == ""
    save()
    assert answer() == (("tourism",), "")


@needs_chromium
def test_what_is_wrong_with_an_import_comes_into_view(address: str, page: Page) -> None:
    page.goto(address + "labels")
    import_file(page, "坏.csv", BAD)
    until(page, lambda: "没有这个标签" in page.locator("#problems").inner_text())
    until(page, lambda: in_view(page, "#problems"))


@needs_chromium
def test_good_files_are_listed_beside_what_is_wrong_with_a_bad_one(address: str, page: Page) -> None:
    page.goto(address)
    upload(page, "#files", ("周报.txt", TEXT), ("空.txt", ""))
    expect(page.locator(".sheets li").first).to_have_text(re.compile(r"^\s*周报\.txt"))
    until(page, lambda: "空.txt: the file is empty" in page.locator("#problems").inner_text())
    page.reload()
    assert page.locator("#problems").inner_text() == ""  # said once


@needs_chromium
def test_too_large_a_file_is_named(workspace: Path, page: Page) -> None:
    with answering(Settings(labels=workspace / "labels", body_limit=MEGABYTE)) as address:
        page.goto(address)
        upload(page, "#files", ("大.txt", b"x" * (MEGABYTE + 1)))
        until(
            page,
            lambda: page.locator("#problems").inner_text() == "大.txt: larger than 1 MB, the most that can be sent",
        )


@needs_chromium
def test_closing_the_last_document_brings_the_sample_back(address: str, page: Page) -> None:
    page.goto(address)
    page.fill("#text", TEXT)
    page.click("#open [type=submit]")
    arrived(page, ".p.current")
    page.goto(address)
    assert page.locator("#sample").is_hidden()
    page.route("**/api/sheets/*", lambda route: route.fulfill(status=500, json={"detail": "the disk: full"}))
    page.click("[data-close]")
    until(page, lambda: page.locator("#problems").inner_text() == "the disk: full")
    assert page.locator(".sheets li").count() == 1  # not closed, so it stays
    page.unroute("**/api/sheets/*")
    page.click("[data-close]")
    page.wait_for_selector("#sample")
    assert page.locator("h2").count() == 0


@needs_chromium
def test_an_import_is_told_until_dismissed_and_named_before_it_is_taken_back(
    workspace: Path, address: str, page: Page
) -> None:
    page.goto(address + "labels")
    assert page.locator("#undo-batch").count() == 0
    import_file(page, "表.csv", GOOD)
    until(page, lambda: "2 stored" in page.locator("#said").inner_text())
    until(page, lambda: in_view(page, "#said"))
    page.locator("#said button").click()
    assert page.locator("#said").inner_text() == ""

    stored = page.locator("#stored time").first
    assert (stored.get_attribute("datetime") or "").endswith("+00:00")
    assert "UTC" not in stored.inner_text()  # told in the browser's zone

    asked: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.once("dialog", dismiss)
    page.click("#undo-batch")
    until(page, lambda: asked)
    assert re.search(r"import.*表\.csv.*decisions: 2", asked[0], re.DOTALL)
    assert "UTC" not in asked[0]
    assert len([one for one in read_decisions(workspace / "labels").paragraphs if one.at]) == 2

    page.once("dialog", lambda dialog: dialog.accept())
    page.click("#undo-batch")
    until(page, lambda: "taken back" in page.locator("#said").inner_text())
    assert not [one for one in read_decisions(workspace / "labels").paragraphs if one.at]


@needs_chromium
def test_the_current_page_is_not_at_the_edge_of_the_navigation(address: str, page: Page) -> None:
    for path in ("labels", "train"):
        page.goto(address + path)
        box = page.locator("nav [aria-current]").bounding_box()
        assert box is not None
        assert box["x"] > 40
        assert box["x"] + box["width"] < 350


@needs_chromium
def test_a_session_that_ended_is_said_and_loses_nothing(workspace: Path, page: Page) -> None:
    with answering(Settings(labels=workspace / "labels", token=TOKEN)) as address:
        page.goto(address)
        page.fill("input[name=token]", TOKEN)
        page.keyboard.press("Enter")
        arrived(page, "#text")
        page.fill("#text", TEXT)
        page.context.clear_cookies()
        page.click("#open [type=submit]")
        link = page.locator(".signed-out a")
        link.wait_for()
        assert page.locator("#text").input_value() == TEXT
        expect(page.locator("#problems")).to_contain_text("signed in")
        with page.context.expect_page() as opened:
            link.click()
        again = opened.value
        again.fill("input[name=token]", TOKEN)
        again.keyboard.press("Enter")
        again.wait_for_selector("#text")
        page.bring_to_front()
        page.click("#open [type=submit]")
        page.wait_for_selector(".p.current")


def test_a_batch_is_taken_back_only_while_it_is_the_last(client: TestClient) -> None:
    def bring(text: str) -> str:
        answer = client.post("/api/labels/import", files={"file": ("表.csv", f"文本,标签\n{text},农业\n".encode())})
        return str(answer.json()["batch"])

    first, second = bring("水稻长势喜人。"), bring("秋粮入库。")
    refused = client.post("/api/labels/undo", params={"batch": first})
    assert refused.status_code == 409
    assert second in refused.json()["detail"]
    assert client.post("/api/labels/undo", params={"batch": second}).json() == {"batch": second}
    assert f'data-batch="{first}"' in client.get("/labels").text


def test_a_review_that_has_grown_since_it_was_shown_is_not_taken_back_unseen(client: TestClient) -> None:
    def decide(index: int) -> None:
        answer = client.post(f"/api/sheets/{sheet}/decisions", json={"index": index, "labels": ["farming"]})
        assert answer.status_code == 200

    def shown() -> dict[str, str]:
        found = re.search(r'data-batch="([^"]*)" data-decisions="([^"]*)"', client.get("/labels").text)
        assert found
        return {"batch": found[1], "decisions": found[2]}

    sheet = open_text(client)
    decide(0)
    before = shown()
    decide(1)
    refused = client.post("/api/labels/undo", params=before)
    assert refused.status_code == 409
    assert f"{before['batch']} has changed meanwhile" in refused.json()["detail"]
    assert shown() == before | {"decisions": "2"}
    assert client.post("/api/labels/undo", params=shown()).status_code == 200


def test_a_batch_that_cannot_be_read_is_named_and_the_page_stays(workspace: Path, client: TestClient) -> None:
    sheet = open_text(client)
    client.post(f"/api/sheets/{sheet}/decisions", json={"index": 0, "labels": ["farming"]})
    path = next((workspace / "labels" / "paragraphs").glob("*-review.jsonl"))
    path.unlink()
    path.mkdir()
    page = client.get("/labels")
    assert page.status_code == 200
    assert f"{path}: cannot be read" in page.text
    assert 'id="undo-batch"' not in page.text


def test_a_review_that_can_be_taken_back_is_named(client: TestClient) -> None:
    sheet = open_text(client)
    for index in (0, 1):
        client.post(f"/api/sheets/{sheet}/decisions", json={"index": index, "labels": ["farming"], "by": "乙"})
    last = re.search(r'id="last">(.*?)</p>', client.get("/labels").text, re.DOTALL)
    assert last
    for one in ("review", "decisions: 2", "乙", "UTC"):
        assert one in last[1], one
    assert "browser" not in last[1]


@pytest.mark.parametrize("to", ["/labels?q=%E6%B0%B4%20%26x&page=2", "/topics?against=no-such", "/login?to=%2Fqueue"])
def test_the_language_keeps_the_address(client: TestClient, to: str) -> None:
    page = client.get(to).text
    kept = re.search(r'action="/language">\s*<input type="hidden" name="to" value="([^"]*)"', page)
    assert kept
    sent = kept[1].replace("&amp;", "&")
    answer = client.post("/language", data={"language": "en", "to": sent})
    assert answer.headers["location"] == sent
    assert client.get(sent).request.url.params == client.get(to).request.url.params


def test_the_language_never_leads_elsewhere(client: TestClient) -> None:
    for to in ("//evil.example/?a", "https://evil.example", "/\\evil.example?x=1"):
        assert client.post("/language", data={"language": "en", "to": to}).headers["location"] == "/"
    login = client.get("/login", params={"to": "//evil.example"}).text
    assert re.findall(r'name="to" value="([^"]*)"', login) == ["/login?to=%2F", "/"]


def test_a_file_of_labels_that_is_none_is_told_what_to_do(client: TestClient) -> None:
    def said(name: str, data: bytes, **options: str) -> str:
        answer = client.post("/api/labels/import", files={"file": (name, data)}, data=options)
        assert answer.status_code == 409, answer.text
        return str(answer.json()["detail"])

    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        made.writestr("word/document.xml", "<x/>")
    word = said("表.docx", stream.getvalue())
    assert "unpack" not in word
    assert texts("zh").sentence(word).startswith("没有导入：表.docx：是 Word 文件，")
    assert said("谜.txt", "秋粮收购。\n".encode()).startswith("nothing was imported: 谜.txt: not recognised as labels")
    picture = said("图.png", bytes(range(256)) * 40, skip_bad="true")
    assert "docx" not in picture
    assert ".xlsx or CSV" in picture
    assert (
        texts("zh").sentence(picture) == "没有导入：图.png：不是文本（任何中文编码都不符），请把标注存为 .xlsx 或 CSV"
    )


def test_a_search_without_hits_says_so(client: TestClient) -> None:
    page = client.get("/labels", params={"q": "没有这句话"}, headers={"Accept-Language": "en"}).text
    assert "No paragraph matches" in page
    assert 'href="/labels">Clear the search' in page


def test_examples_of_the_api_are_of_this_server(workspace: Path) -> None:
    with serving(Settings(labels=workspace / "labels", token=TOKEN, names=("desk.example",))) as client:
        headers = {"Host": "desk.example:9000", "Authorization": f"Bearer {TOKEN}"}
        page = client.get("/api", headers=headers).text
    assert page.count("http://desk.example:9000/api/") == 3
    assert page.count("Authorization: Bearer TOKEN") >= 3
    assert TOKEN not in page


@needs_chromium
def test_a_report_of_label_studio_is_tried_again_or_taken_off_the_list(page: Page, workspace: Path) -> None:
    """It says why it is not stored; when that was mended, one click stores it."""
    with answering(Settings(labels=workspace / "labels")) as address:
        for number in (1, 2):
            one = {"task": task(number, f"第{number}片稻田。"), "annotation": annotation(number, "别的", task=number)}
            sent = {"action": "ANNOTATION_CREATED", "project": project(), **one}
            assert page.request.post(f"{address}webhook", data=sent).status == 202
        page.goto(f"{address}labels")
        assert page.locator("#reports li").count() == 2
        assert "nnotation 2: no label is called '别的'" in page.locator("#reports .why").first.inner_text()
        page.locator("#reports [data-do=again]").first.click()
        page.wait_for_selector("#problems:has-text('别的')")
        path = workspace / "labels" / "taxonomy.toml"
        path.write_text(path.read_text(encoding="utf-8").replace('"农业"', '"别的"'), encoding="utf-8")
        page.locator("#reports [data-do=again]").first.click()
        until(page, lambda: page.locator("#reports li").count() == 1)
        expect(page.locator("#said")).to_contain_text(texts("en")("report_used"))
        page.locator("#reports [data-do=aside]").click()
        expect(page.locator("#said")).to_contain_text(texts("en")("report_gone"))
        expect(page.locator("#reports")).to_have_count(0)
    assert stored(workspace) == {"第2片稻田。": ("farming",)}
    assert len(list((workspace / "labels" / "undone").glob("*.report"))) == 2
