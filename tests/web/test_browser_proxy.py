"""The whole server in a real Chromium, behind a proxy that adds TLS and shows it below a path."""

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from classifier.labelling.corpus import read_decisions
from classifier.model.store import current
from classifier.web.settings import Settings
from tests.browsing import WIDE, arrived, sound_page, until
from tests.other_programs import CHROMIUM, needs_chromium
from tests.web.conftest import TEXT
from tests.web.reverse_proxy import Proxy, certificate, proxied
from tests.web.running_server import answering

pytestmark = needs_chromium
TOKEN = "long-enough-to-be-a-token"


@pytest.fixture(scope="module")
def trusting(browser: Browser) -> Iterator[Browser]:
    """A browser that takes any certificate, for downloads as well, which a context cannot be told."""
    arguments = ["--no-sandbox", "--ignore-certificate-errors"]
    found = browser.browser_type.launch(executable_path=CHROMIUM, args=arguments)
    yield found
    found.close()


@pytest.fixture
def context(trusting: Browser) -> Iterator[BrowserContext]:
    found = trusting.new_context(viewport=WIDE, locale="en-GB")
    yield found
    found.close()


@pytest.mark.parametrize(
    ("strips", "root_path"),
    [(False, "/office/classify"), (True, "/office/classify"), (True, "")],
    ids=["nginx or Caddy", "prefix off, own host", "prefix told by the proxy"],
)
def test_every_page_works_below_a_path_over_tls(
    workspace: Path, context: BrowserContext, tmp_path: Path, strips: bool, root_path: str
) -> None:
    settings = Settings(labels=workspace / "labels", token=TOKEN, root_path=root_path, proxies=("127.0.0.1",))
    with answering(settings) as server:
        wanted = Proxy(server, "/office/classify", strips, own_host=strips, cert=certificate(tmp_path))
        with proxied(wanted) as proxy, sound_page(context, silent=True) as page:
            _sign_in(page, context, proxy)
            _label_a_document(page, workspace, tmp_path)
            _labels_folder(page, proxy, tmp_path)
            if not strips:
                _train_and_promote(page, workspace, proxy)
            _read_of_the_api(page, proxy)
    assert proxy.outside == []


def _sign_in(page: Page, context: BrowserContext, proxy: Proxy) -> None:
    page.goto(proxy.url.rstrip("/"))  # without its last slash, too
    page.fill("input[name=token]", TOKEN)
    page.keyboard.press("Enter")
    page.wait_for_selector("#open")
    assert page.url == proxy.url
    page.click("form[action$='/language'] button")
    page.wait_for_selector("html[lang=zh-Hans]")
    assert page.url == proxy.url
    page.click("form[action$='/language'] button")
    page.wait_for_selector("html[lang=en]")
    for cookie in context.cookies():
        assert (cookie.get("path"), cookie.get("secure"), cookie.get("httpOnly")) == ("/office/classify", True, True)


def _label_a_document(page: Page, workspace: Path, tmp_path: Path) -> None:
    def decided() -> int:
        return sum(bool(row.at) for row in read_decisions(workspace / "labels").paragraphs)

    page.click("#sample")
    arrived(page, ".p.current")
    page.click("a.brand")
    arrived(page, "#open")
    file = tmp_path / "周报.txt"
    file.write_text(TEXT, encoding="utf-8")
    page.set_input_files("#files", file)
    arrived(page, ".p.current")
    page.keyboard.press("2")
    until(page, lambda: decided() == 1)
    page.keyboard.press("e")
    page.wait_for_selector("#why .reason")
    page.keyboard.press("u")
    until(page, lambda: decided() == 0)
    page.keyboard.press("1")
    until(page, lambda: decided() == 1)
    until(page, lambda: "1" in page.locator("#counts").inner_text())
    page.click("nav a[href$='/queue']")
    page.click("#choose")
    arrived(page, ".p.current")
    page.click("a.brand")
    expect(page.locator("[data-close]")).to_have_count(3)
    page.click("[data-close] >> nth=0")
    expect(page.locator("[data-close]")).to_have_count(2)


def _labels_folder(page: Page, proxy: Proxy, tmp_path: Path) -> None:
    page.click("nav a[href$='/labels']")
    arrived(page, "form.search")
    page.fill("input[name=q]", "稻")
    page.click("form.search button")
    page.wait_for_url(f"{proxy.url}labels?q=*")
    with page.expect_download() as waiting:
        page.click(".exports a >> nth=2")
    assert waiting.value.suggested_filename == "labels.jsonl"
    file = tmp_path / "more.csv"
    rows = "".join(f"乡村旅游又添了第{number}条线路。,tourism\n" for number in range(20))
    file.write_text(f"text,labels\n{rows}", encoding="utf-8")
    page.set_input_files("#file", file)
    with page.expect_navigation():
        page.click("#import .primary")
    page.goto(f"{proxy.url}labels")
    page.click(".pages a")
    page.wait_for_url(f"{proxy.url}labels?*page=2")
    page.once("dialog", lambda dialog: dialog.accept())
    with page.expect_navigation():
        page.click("#undo-batch")
    until(page, lambda: page.locator("#said").inner_text() != "")
    assert page.url == f"{proxy.url}labels"


def _train_and_promote(page: Page, workspace: Path, proxy: Proxy) -> None:
    before = current(workspace / "models")
    page.goto(proxy.url + "train")
    page.click("#start")
    page.wait_for_selector("#promote", timeout=180_000)
    page.click("#promote")
    page.wait_for_selector("#rollback")
    assert current(workspace / "models") != before
    page.click("footer a")
    page.wait_for_url(f"{proxy.url}models/*")
    page.click("nav a[aria-current]")
    page.wait_for_url(f"{proxy.url}models")
    with page.expect_navigation():
        page.click("#rollback")
    assert current(workspace / "models") == before
    page.goto(proxy.url + "topics")
    page.click("form.row button")
    page.wait_for_url(f"{proxy.url}topics?against=")


def _read_of_the_api(page: Page, proxy: Proxy) -> None:
    page.goto(proxy.url + "api")
    example = page.locator("pre.example").inner_text()
    assert f"{proxy.url}api/label" in example
    described = page.evaluate("address => fetch(address).then((one) => one.json())", proxy.url + "openapi.json")
    assert described["servers"] == [{"url": "/office/classify"}]
    with httpx2.Client(verify=False, headers={"Authorization": f"Bearer {TOKEN}"}) as program:
        assert program.post(f"{proxy.url}api/label", json={"text": TEXT}).status_code == 200
        told = program.post(f"{proxy.url}predict", json={"tasks": [], "project": "1"})
        assert told.json() == {"results": []}
        gone = program.get(f"{proxy.url}nowhere", headers={"Accept": "text/html"})
        assert (gone.status_code, 'href="/office/classify/"' in gone.text) == (404, True)


def test_a_proxy_that_tells_nothing_is_no_obstacle(workspace: Path, context: BrowserContext, tmp_path: Path) -> None:
    """It puts its own Host in and names no other: what the browser says of the request's origin decides."""
    settings, cert = Settings(labels=workspace / "labels", token=TOKEN), certificate(tmp_path)
    with (
        answering(settings) as server,
        proxied(Proxy(server, tells=False, cert=cert)) as proxy,
        sound_page(context, silent=True) as page,
    ):
        page.goto(proxy.url)
        page.fill("input[name=token]", TOKEN)
        page.keyboard.press("Enter")
        page.click("#sample")
        arrived(page, ".p.current")
        page.keyboard.press("1")
        until(page, lambda: any(one.at for one in read_decisions(workspace / "labels").paragraphs))


def test_two_servers_of_one_machine_do_not_sign_each_other_out(workspace: Path, context: BrowserContext) -> None:
    """Nor below two paths, nor where the one is shown above the other."""
    first, second = (
        Settings(labels=workspace / "labels", token=f"{TOKEN}-{number}", proxies=("127.0.0.1",)) for number in (1, 2)
    )
    with answering(first) as one, answering(second) as two:
        shown = [Proxy(one), Proxy(two, "/b", strips=True), Proxy(one, "/a", strips=True)]
        with proxied(shown[0]), proxied(shown[1]), proxied(shown[2]), sound_page(context, silent=True) as page:
            places = [
                (one, first),
                (two, second),
                *zip((each.url for each in shown), (first, second, first), strict=True),
            ]
            for address, settings in places:
                page.goto(address)
                page.fill("input[name=token]", settings.token)
                page.keyboard.press("Enter")
                page.wait_for_selector("#open")
            for address, _ in places:
                page.goto(address)
                assert page.locator("#open").count() == 1, address


def test_a_link_with_the_token_leads_in_and_does_not_carry_it_on(workspace: Path, context: BrowserContext) -> None:
    """From a page of another site, as a mail read in the browser is one."""
    with (
        answering(Settings(labels=workspace / "labels", token=TOKEN)) as address,
        proxied(Proxy(address)) as proxy,
        sound_page(context, silent=True) as page,
    ):
        elsewhere = proxy.url.replace("127.0.0.1", "localhost")
        context.route(
            f"{elsewhere}mail",
            lambda route: route.fulfill(
                body=f"<meta charset=utf-8><a href='{proxy.url}labels?token={TOKEN}&q=稻'>in</a>",
                content_type="text/html",
            ),
        )
        sent: list[str] = []
        page.on("request", lambda request: sent.append(f"{request.url} {request.headers.get('referer', '')}"))
        page.goto(f"{elsewhere}mail")
        page.click("a")
        page.wait_for_selector("form.search")
        assert page.url == f"{proxy.url}labels?q=%E7%A8%BB"
        page.click("nav a >> nth=0")
        page.wait_for_selector("#open")
        page.go_back()
        assert TOKEN not in page.url
        assert [one for one in sent if TOKEN in one] == [one for one in sent if f"labels?token={TOKEN}" in one][:1]
