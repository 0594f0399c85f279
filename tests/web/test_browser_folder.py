"""A folder opened in the browser: its documents with their folders, found by a search, closed all at once."""

from pathlib import Path

from playwright.sync_api import Browser

from tests.browsing import WIDE, sound_page, until
from tests.conftest import needs_chromium
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
        assert "1 files" in said
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
