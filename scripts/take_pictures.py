"""Take the pictures in docs/: the page on which labels are corrected, and a report, in English and Chinese.

    python scripts/take_pictures.py

Needs the extra `web`, playwright, and a Chromium (CHROMIUM names it where it is not /usr/bin/chromium).
"""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright
from serving import CLASSIFY, served

ROOT = Path(__file__).resolve().parents[1]
SPEECH = ROOT / "scripts" / "demo" / "speech.txt"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SIZE: ViewportSize = {"width": 1200, "height": 760}
LANGUAGES = {"en": ("en-GB", ""), "zh": ("zh-CN", ".zh")}


def main() -> None:
    """Take all four."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language, (locale, ending) in LANGUAGES.items():
            with tempfile.TemporaryDirectory() as home, served(Path(home)) as address:
                review(browser, locale, address, ROOT / "docs" / f"review{ending}.png")
                report(browser, language, Path(home), ROOT / "docs" / f"report{ending}.png")
        browser.close()


def review(browser: Browser, locale: str, address: str, target: Path) -> None:
    """Decide on some paragraphs of the sample speech and ask why of one."""
    page = browser.new_context(viewport=SIZE, locale=locale, color_scheme="light").new_page()
    page.goto(address)
    page.click("#sample")
    page.wait_for_selector(".p.current")
    for key in ("0", "j", "Enter", "Enter", "Enter", "Enter", "e"):
        page.keyboard.press(key)
        page.wait_for_timeout(200)
    page.wait_for_selector(".p.current mark")
    take(page, target)


def report(browser: Browser, language: str, folder: Path, target: Path) -> None:
    """Write the sample speech as a report and click one of its labels."""
    file = folder / "report.html"
    options = ["--format", "html", "--language", language, "-o", str(file)]
    subprocess.run([CLASSIFY, str(SPEECH), *options], check=True, capture_output=True)
    page = browser.new_context(viewport=SIZE, color_scheme="light").new_page()
    page.goto(file.as_uri())
    page.locator(".p.body .chip[aria-pressed]").first.click()
    page.evaluate("document.querySelector('.dochead').scrollIntoView()")
    take(page, target)


def take(page: Page, target: Path) -> None:
    """Take the picture and close the page."""
    page.screenshot(path=target)
    page.context.close()


if __name__ == "__main__":
    if sys.argv[1:] in (["-h"], ["--help"]):
        sys.exit(__doc__)
    main()
