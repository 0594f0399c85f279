"""A folder opened in the browser: its documents with their folders, found by a search, closed all at once."""

from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.browsing import WIDE, sound_page, until
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
        titles = page.locator(".sheets a")
        until(page, lambda: titles.count() == 2)
        assert sorted(titles.all_text_contents()) == ["材料/乙县/报告.txt", "材料/甲县/报告.txt"]
        said = page.locator("#problems").text_content() or ""
        assert "材料/程序.exe" in said
        assert "材料/乙县/空.txt" in said
        page.fill("form.search input", "古镇")
        page.press("form.search input", "Enter")
        page.locator(".hits a").click()
        assert page.locator("#p1").is_visible()
        for width in (390, 1280):
            page.set_viewport_size({"width": width, "height": 800})
            for path in ("", "search?q=古镇"):
                page.goto(address + path)
                assert page.evaluate("document.documentElement.scrollWidth") == width
        page.goto(address)
        page.on("dialog", lambda dialog: dialog.accept())
        page.click("#close-all")
        until(page, lambda: page.locator(".sheets").count() == 0)


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
        titles = page.locator(".sheets a")
        until(page, lambda: titles.count() == 3)
        assert sorted(titles.all_text_contents()) == ["单份.txt", "材料/乙县/报告.txt", "材料/甲县/2024年/报告.txt"]
        assert "(230 in all)" in (page.locator("#problems").text_content() or "")


def test_a_folder_without_documents_is_dropped(browser: Browser, address: str, tmp_path: Path) -> None:
    (tmp_path / "空" / "里").mkdir(parents=True)
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        drop(page, tmp_path / "空")
        until(page, lambda: "holds no documents" in (page.locator("#problems").text_content() or ""))
        assert page.locator("#drop.busy").count() == 0


def test_files_are_dropped(browser: Browser, address: str, tmp_path: Path) -> None:
    """What is dropped itself is opened, and its refusal is told."""
    (tmp_path / "报告.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "空.txt").write_bytes(b"")
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        drop(page, tmp_path / "报告.txt", tmp_path / "空.txt")
        until(page, lambda: page.locator(".sheets a").count() == 1)
        assert "空.txt" in (page.locator("#problems").text_content() or "")


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
        until(page, lambda: titles.count() == len(names))
        assert titles.all_text_contents() == [f"简报/{name}" for name in names]
        titles.nth(3).click()
        page.wait_for_selector(".p.current")
        page.goto(address + "extract")
        listed = page.locator("fieldset label bdi").all_text_contents()
        assert listed == [f"简报/{name}" for name in names]


def test_what_is_closed_to_make_room_is_named(browser: Browser, address: str, tmp_path: Path) -> None:
    """More than 200 documents cannot be open: those that give way do not vanish unsaid."""
    for number in range(203):
        (tmp_path / "多" / f"{number}.txt").parent.mkdir(exist_ok=True)
        (tmp_path / "多" / f"{number}.txt").write_text(f"第{number}次春耕备耕抓得紧。", encoding="utf-8")
    with sound_page(browser, viewport=WIDE) as page:
        page.goto(address)
        page.set_input_files("#folder", str(tmp_path / "多"))
        until(page, lambda: page.locator(".sheets a").count() == 200)
        said = page.locator("#problems").text_content() or ""
        assert "多/202.txt, 多/201.txt, 多/200.txt" in said
