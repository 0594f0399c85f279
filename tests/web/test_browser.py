"""The whole way in a real Chromium: label a file, correct by keys, reload, train, promote, go back."""

import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from selenium import webdriver
from selenium.common.exceptions import WebDriverException

from classifier.labelling.corpus import read_decisions
from classifier.model.store import current
from tests.web.conftest import TEXT

CHROMIUM, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
pytestmark = pytest.mark.skipif(not (CHROMIUM and DRIVER), reason="needs Debian's chromium and chromium-driver")


@pytest.fixture
def address(workspace: Path) -> Iterator[str]:
    """The real command, in a process of its own, on a free port."""
    command = [str(Path(sys.executable).with_name("classify")), "serve", "--port", "0"]
    with subprocess.Popen(command, cwd=workspace, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            yield next(line.split()[1] for line in lines if "http://" in line)
        finally:
            process.terminate()
            process.wait(20)
            assert process.stderr is not None
            assert "Traceback" not in process.stderr.read()


@pytest.fixture
def browser() -> Iterator[Any]:
    options = webdriver.ChromeOptions()
    options.binary_location = str(CHROMIUM)
    for one in ("--headless=new", "--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--window-size=1280,900"):
        options.add_argument(one)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
    driver = webdriver.Chrome(options=options, service=webdriver.ChromeService(DRIVER))
    try:
        yield driver
        assert [one for one in driver.get_log("browser") if one["level"] == "SEVERE"] == []
    finally:
        driver.quit()


def until(condition: Callable[[], Any], seconds: float = 60) -> Any:
    """Wait for what happens elsewhere; a page that is being replaced asks again."""
    end = time.monotonic() + seconds
    while True:
        try:
            if found := condition():
                return found
        except WebDriverException:
            pass
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.05)


def test_label_correct_reload_train_promote_go_back(
    workspace: Path, address: str, browser: Any, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("upload") / "周报.txt"
    file.write_text(TEXT, encoding="utf-8")
    one = lambda css: browser.find_element("css selector", css)  # noqa: E731
    press = lambda keys: browser.find_element("css selector", "body").send_keys(keys)  # noqa: E731

    def decisions() -> dict[str | None, tuple[str, ...]]:
        return {row.text: row.labels for row in read_decisions(workspace / "labels").paragraphs if row.at}

    browser.get(address)
    one("#files").send_keys(str(file))
    until(lambda: "/sheets/" in browser.current_url and one(".p.current"))

    first, second, _, last = TEXT.split("\n")
    press("2j")
    press("12j")  # the source is passed over
    press("0")
    until(lambda: len(decisions()) == 3)
    until(lambda: decisions()[second] == ("farming", "tourism"))
    assert decisions() == {first: ("tourism",), second: ("farming", "tourism"), last: ()}
    press("u")
    until(lambda: len(decisions()) == 2)
    press("0")
    until(lambda: len(decisions()) == 3)

    press("e")
    until(lambda: one("#why .reason"))
    browser.refresh()
    until(lambda: len(browser.find_elements("css selector", ".p.decided")) == 3)
    assert "文旅" in one("#p0 .chips").text
    until(lambda: "3" in one("#counts").text)

    browser.get(address + "train")
    before = current(workspace / "models")
    until(lambda: one("#start").is_enabled())
    one("#start").click()
    until(lambda: one(".steps li"))
    until(lambda: one("#promote"), 180)
    assert current(workspace / "models") == before
    assert len(browser.find_elements("css selector", ".comparison tbody tr")) == 3
    one("#promote").click()
    until(lambda: one("#rollback"))
    assert current(workspace / "models") != before
    one("#rollback").click()
    until(lambda: current(workspace / "models") == before)


def test_keys_work_on_a_page_of_300_paragraphs(address: str, browser: Any) -> None:
    """How quick they are answered is in benchmarks/service.md."""
    text = "\n".join(f"第{number}段：{TEXT.split(chr(10), 1)[0] * 4}" for number in range(300))
    browser.get(address)
    browser.execute_script("document.getElementById('text').value = arguments[0]", text)
    browser.find_element("css selector", "#open button[type=submit]").click()
    until(lambda: len(browser.find_elements("css selector", ".p")) == 300)
    current = "return [...document.querySelectorAll('.p')].findIndex((one) => one.classList.contains('current'))"
    browser.find_element("css selector", "body").send_keys("jjj")
    assert until(lambda: browser.execute_script(current)) == 3
    browser.find_element("css selector", "body").send_keys("kk")
    assert until(lambda: browser.execute_script(current)) == 1


def test_words_are_marked_without_touching_the_text(address: str, browser: Any) -> None:
    """Marks of direction are elements of their own in the page, and stay where they are."""
    text = "春耕备耕\u202e抓得紧\u202c，化肥\u0007种子备得足𠮷游客。"
    browser.get(address)
    browser.find_element("css selector", "textarea").send_keys("x")
    browser.execute_script("document.querySelector('textarea').value = arguments[0]", text)
    browser.find_element("css selector", ".paste .primary").click()
    place = until(lambda: browser.find_element("css selector", ".p.current .text"))
    shown = place.get_property("innerHTML")
    assert place.get_property("textContent") == text.replace("\u0007", "\u2407")
    browser.find_element("css selector", "body").send_keys("e")
    until(lambda: browser.find_elements("css selector", ".p.current mark"))
    marked = [one.get_property("textContent") for one in browser.find_elements("css selector", ".p.current mark")]
    assert "游客" in marked
    assert place.get_property("textContent") == text.replace("\u0007", "\u2407")
    browser.find_element("css selector", "body").send_keys("e")
    until(lambda: not browser.find_elements("css selector", ".p.current mark"))
    assert place.get_property("innerHTML") == shown
