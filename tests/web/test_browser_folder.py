"""A folder opened in the browser: its documents with their folders, found by a search, closed all at once."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from classifier.web import open_documents
from tests.browsing import WIDE, arrived, sound_page
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT

pytestmark = needs_chromium


def test_a_folder_is_opened_searched_and_closed(browser: Browser, address: str, tmp_path: Path) -> None:
    """What is no document is passed over and counted, what cannot be read is named with its folder."""
    for name, data in (
        ("甲县/报告.txt", TEXT.encode()),
        ("乙县/报告.txt", "上午九点，集体学习了有关文件。".encode()),
        ("乙县/空.txt", b""),
        ("程序.exe", b"MZ"),
    ):
        (tmp_path / "材料" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "材料" / name).write_bytes(data)
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        page.set_input_files("#folder", str(tmp_path / "材料"))
        expect(page.locator(".sheets a")).to_have_text(["材料/乙县/报告.txt", "材料/甲县/报告.txt"])
        expect(page.locator("#problems")).to_contain_text("材料/程序.exe")
        expect(page.locator("#problems")).to_contain_text("材料/乙县/空.txt")
        arrived(page, ".sheets")
        page.fill("form.search input", "古镇")
        page.press("form.search input", "Enter")
        page.locator(".hits a").click()
        expect(page.locator("#p1")).to_be_visible()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for path in ("", "search?q=古镇"):
                page.goto(address + path)
                assert page.evaluate("document.documentElement.scrollWidth") == width
        page.goto(address)
        page.on("dialog", lambda dialog: dialog.accept())
        page.click("#close-all")
        arrived(page, "#sample")
        expect(page.locator(".sheets")).to_have_count(0)


def drop(page: Page, *paths: Path) -> None:
    """Drop files and folders onto the middle of a page as a file manager does."""
    size = page.viewport_size or WIDE
    session = page.context.new_cdp_session(page)
    data = {"items": [], "files": [str(path) for path in paths], "dragOperationsMask": 1}
    for step in ("dragEnter", "dragOver", "drop"):
        place = {"x": size["width"] / 2, "y": size["height"] / 2}
        session.send("Input.dispatchDragEvent", {"type": step, **place, "data": data})


def test_a_folder_is_dropped(browser: Browser, address: str, tmp_path: Path) -> None:
    """With what is in its folders, more files than a browser hands out at once, and a file beside it."""
    for number in range(230):
        path = tmp_path / "材料" / "甲县" / f"{number:03}.exe"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(b"MZ")
    for name in ("甲县/2024年/报告.txt", "乙县/报告.txt", "乙县/.隐/报告.txt", "乙县/~$报告.txt"):
        (tmp_path / "材料" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "材料" / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "单份.txt").write_text(TEXT, encoding="utf-8")
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        drop(page, tmp_path / "材料", tmp_path / "单份.txt")
        titles = ["材料/乙县/报告.txt", "材料/甲县/2024年/报告.txt", "单份.txt"]
        expect(page.locator(".sheets a")).to_have_text(titles)
        expect(page.locator("#problems")).to_contain_text("(230 in all)")


def test_a_folder_without_documents_is_dropped(browser: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "空" / "里").mkdir(parents=True)
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        drop(page, tmp_path / "空")
        expect(page.locator("#problems")).to_contain_text("holds no documents")
        expect(page.locator("#drop.busy")).to_have_count(0)


def test_files_are_dropped(browser: Browser, address: str, tmp_path: Path) -> None:
    """What is dropped itself is opened, and its refusal is told."""
    (tmp_path / "报告.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        drop(page, tmp_path / "报告.txt", tmp_path / "空.txt")
        expect(page.locator(".sheets a")).to_have_text(["报告.txt"])
        expect(page.locator("#problems")).to_contain_text("空.txt")


def test_the_folder_button_stays_with_the_box_that_files_are_dropped_on(browser: Browser, address: str) -> None:
    with sound_page(browser, viewport=WIDE) as page:
        for width in (500, 1280):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(address)
            drop, button, text = (page.locator(one).bounding_box() for one in ("#drop", "label[for=folder]", "#text"))
            assert drop
            assert button
            assert text
            assert 0 <= button["y"] - (drop["y"] + drop["height"]) < 40
            assert button["y"] < text["y"] or button["x"] + button["width"] < text["x"]
            assert page.evaluate("document.documentElement.scrollWidth") == width


def test_a_folder_is_listed_by_name_and_so_is_its_extract(browser: Browser, address: str, tmp_path: Path) -> None:
    """第2期 before 第10期, whatever order the browser hands them out in and whichever was looked at last."""
    names = [f"第{number}期.txt" for number in (1, 2, 9, 10, 11)]
    for name in names:
        (tmp_path / "简报" / name).parent.mkdir(exist_ok=True)
        (tmp_path / "简报" / name).write_text(TEXT, encoding="utf-8")
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        page.set_input_files("#folder", str(tmp_path / "简报"))
        titles = page.locator(".sheets a")
        expect(titles).to_have_text([f"简报/{name}" for name in names])
        titles.nth(3).click()
        page.wait_for_selector(".p.current")
        page.goto(address + "extract")
        listed = page.locator("fieldset label bdi").all_text_contents()
        assert listed == [f"简报/{name}" for name in names]


def test_what_is_closed_to_make_room_is_named(
    browser: Browser, address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more than some documents can be open: those that give way do not vanish unsaid."""
    monkeypatch.setattr(open_documents, "_MOST", 10)
    for number in range(13):
        (tmp_path / "多" / f"{number}.txt").parent.mkdir(exist_ok=True)
        (tmp_path / "多" / f"{number}.txt").write_text(f"第{number}次春耕备耕抓得紧。", encoding="utf-8")
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        page.set_input_files("#folder", str(tmp_path / "多"))
        expect(page.locator("#problems")).to_contain_text("多/12.txt, 多/11.txt, 多/10.txt")
        expect(page.locator(".sheets a")).to_have_count(10)
