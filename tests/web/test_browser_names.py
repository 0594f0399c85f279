"""Labels' names on the pages: English on an English page however narrow it is, Chinese alone on a Chinese one."""

import pytest
from playwright.sync_api import Browser

from tests.browsing import arrived, sound_page
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT

pytestmark = needs_chromium
# A paragraph is drawn a frame after it came into view, and has no innerText before.
_SHOWN = """() => new Promise(done => requestAnimationFrame(() => requestAnimationFrame(() => done(document.body.innerText))))"""


@pytest.mark.parametrize("width", [500, 1280])
@pytest.mark.parametrize("locale", ["en-US", "zh-CN"])
def test_names_are_in_the_page_s_language(locale: str, width: int, browser: Browser, address: str) -> None:
    with sound_page(browser, viewport={"width": width, "height": 900}, locale=locale) as page:
        page.goto(address)
        page.fill("#text", TEXT)
        page.click("form.open .primary")
        arrived(page, ".p.current")
        sheet = page.url
        for place in (sheet, address + "topics"):
            page.goto(place)
            names = page.locator(".both")
            assert names.count() > 2
            for name in names.all():
                chinese, english = name.locator(".zh").is_visible(), name.locator(".en").is_visible()
                assert (chinese, english) == (locale == "zh-CN" or width == 1280, locale == "en-US")
            assert page.evaluate("document.documentElement.scrollWidth") == width
        if locale == "zh-CN":
            assert "farming" not in str(page.evaluate(_SHOWN))
