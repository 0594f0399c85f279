"""The whole way in a real Chromium: label a file, correct by keys, reload, train, promote, go back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from classifier.labelling.corpus import read_decisions
from classifier.model.store import current
from tests.browsing import arrived, sound_page, until
from tests.other_programs import needs_chromium
from tests.web.conftest import TEXT, served

pytestmark = needs_chromium


@pytest.fixture
def command(workspace: Path) -> Iterator[str]:
    with served(workspace) as address:
        yield address


def press(page: Page, keys: str) -> None:
    """Press one key after the other."""
    for key in keys:
        page.keyboard.press(key)


def test_label_correct_reload_train_promote_go_back(
    workspace: Path, command: str, page: Page, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """Through `classify serve` in a process of its own."""
    file = tmp_path_factory.mktemp("upload") / "周报.txt"
    file.write_text(TEXT, encoding="utf-8")

    def decisions() -> dict[str | None, tuple[str, ...]]:
        return {row.text: row.labels for row in read_decisions(workspace / "labels").paragraphs if row.at}

    page.goto(command)
    page.set_input_files("#files", file)
    arrived(page, ".p.current")
    assert "/sheets/" in page.url

    first, second, _, last = TEXT.split("\n")
    press(page, "2j")
    press(page, "12j")  # the source is passed over
    press(page, "0")
    until(page, lambda: len(decisions()) == 3)
    until(page, lambda: decisions()[second] == ("farming", "tourism"))
    assert decisions() == {first: ("tourism",), second: ("farming", "tourism"), last: ()}
    press(page, "u")
    until(page, lambda: len(decisions()) == 2)
    press(page, "0")
    until(page, lambda: len(decisions()) == 3)

    press(page, "e")
    page.wait_for_selector("#why .reason .sum")
    page.reload()
    until(page, lambda: page.locator(".p.decided").count() == 3)
    expect(page.locator("#p0 .chips")).to_contain_text("文旅")
    until(page, lambda: "3" in page.locator("#counts").inner_text())

    page.goto(command + "train")
    before = current(workspace / "models")
    page.click("#start")
    page.wait_for_selector(".steps li")
    page.wait_for_selector("#promote", timeout=180_000)
    assert current(workspace / "models") == before
    assert page.locator(".comparison tbody tr").count() == 3
    page.click("#promote")
    page.wait_for_selector("#rollback")
    assert current(workspace / "models") != before
    page.click("#rollback")
    until(page, lambda: current(workspace / "models") == before)


def test_keys_work_on_a_page_of_300_paragraphs(address: str, page: Page) -> None:
    """How quick they are answered is in benchmarks/service.md."""
    page.goto(address)
    page.fill("#text", "\n".join(f"第{number}段：{TEXT.split(chr(10), 1)[0] * 4}" for number in range(300)))
    page.click("#open button[type=submit]")
    arrived(page, "#p0.current")
    press(page, "jjj")
    page.wait_for_selector("#p3.current")
    press(page, "kk")
    page.wait_for_selector("#p1.current")


def test_words_are_marked_without_touching_the_text(address: str, page: Page) -> None:
    """Marks of direction are elements of their own in the page, and stay where they are."""
    text = "春耕备耕\u202e抓得紧\u202c，化肥\u0007种子备得足𠮷游客。"
    page.goto(address)
    page.evaluate("text => document.getElementById('text').value = text", text)
    page.click("#open button[type=submit]")
    arrived(page, ".p.current")
    place = page.locator(".p.current .text")
    shown = place.inner_html()
    assert place.text_content() == text.replace("\u0007", "\u2407")
    press(page, "e")
    page.wait_for_selector(".p.current mark")
    assert "游客" in page.locator(".p.current mark").all_text_contents()
    assert place.text_content() == text.replace("\u0007", "\u2407")
    press(page, "e")
    page.wait_for_selector(".p.current mark", state="detached")
    assert place.inner_html() == shown


def test_sign_in_and_another_language(workspace: Path, browser: Browser) -> None:
    """Forms that a browser sends by itself, without a script."""
    token = "long-enough-to-be-a-token"
    with served(workspace, "--token", token) as address, sound_page(browser, locale="en-GB") as page:
        page.goto(address + "labels")
        page.click("form[action='/language'] button")
        page.wait_for_selector("html[lang=zh-Hans]")
        page.goto(address + "labels")
        page.fill("input[name=token]", "wrong")
        page.keyboard.press("Enter")
        page.wait_for_selector("[role=alert]")
        page.fill("input[name=token]", token)
        page.keyboard.press("Enter")
        page.wait_for_url(address + "labels")
        page.click("form[action='/language'] button")
        page.wait_for_selector("html[lang=en]")
        assert page.url == address + "labels"


PAINTED = """() => [...CSS.highlights.values()].flatMap((some) => [...some])
    .map((one) => one.startContainer.data.slice(one.startOffset, one.endOffset))"""


def endless(page: Page, address: str) -> str:
    """Open a heading of some 40,000 characters; return it."""
    text = "".join(f"春耕备耕第{number}项，景区门票又便宜了，古镇的游客多。" for number in range(1600))
    page.goto(address)
    document = {"name": "长.html", "mimeType": "text/html", "buffer": f"<h1>{text}</h1>".encode()}
    page.set_input_files("#files", document)  # type: ignore[arg-type]
    arrived(page, ".p.current")
    return text


def test_words_of_an_endless_paragraph_are_painted_over_it(address: str, page: Page) -> None:
    """Nothing is put into the page, which would have to be laid out again."""
    text = endless(page, address)
    shown = page.locator(".p.current .text").inner_html()
    assert len(shown) > 40_000
    for _ in range(2):
        press(page, "e")
        painted = until(page, lambda: page.evaluate(PAINTED))
        assert len(painted) > 1600
        words = page.locator("#why .word").all_inner_texts()
        assert set(painted) <= {one.split(" ")[0] for one in words}
        assert page.locator(".p.current .text").inner_html() == shown
        assert page.locator(".p.current .text").text_content() == text
        press(page, "e")
        until(page, lambda: not page.evaluate(PAINTED))


def test_words_of_an_endless_paragraph_are_marked_where_none_can_be_painted(address: str, page: Page) -> None:
    """What takes the square of its length would not be done before the test gives up waiting."""
    page.add_init_script("delete window.Highlight")
    text = endless(page, address)
    place = page.locator(".p.current .text")
    shown = place.inner_html()
    for _ in range(2):
        press(page, "e")
        page.wait_for_selector(".p.current mark")
        assert page.locator(".p.current mark").count() > 1600
        assert place.text_content() == text
        press(page, "e")
        page.wait_for_selector(".p.current mark", state="detached")
        assert place.inner_html() == shown
