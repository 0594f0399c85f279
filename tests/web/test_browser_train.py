"""What the pages on training and models show in a real Chromium: after going away, after a stop, on a narrow screen."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route

from classifier import places
from classifier.labelling.decision import Decision
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.model.store import current, open_model, versions
from classifier.training.comparison import Changed, Comparison, Difference
from classifier.training.corrections import Answer, Correction, Corrections
from classifier.training.promotion import Promotion
from classifier.web.jobs import train_worker as worker
from tests.browsing import WIDE, answered, sound_page, until
from tests.other_programs import needs_chromium

pytestmark = needs_chromium


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with sound_page(browser, locale="zh-CN", viewport=WIDE) as found:
        yield found


def told(page: Page, *events: dict[str, Any]) -> None:
    """Let the page be told these events instead of a training's."""
    lines = "".join(f"data: {json.dumps(event)}\n\n" for event in events)

    def answer(route: Route) -> None:
        route.fulfill(content_type="text/event-stream", body=f"{lines}event: end\ndata: {{}}\n\n")

    page.route("**/api/training/events", answer)


def compared(workspace: Path, *rows: Difference) -> dict[str, Any]:
    """Return what a training tells that compared the two versions of the workspace."""
    models = workspace / "models"
    before = current(models)
    new = next(one for one in versions(models) if one != before)
    changed = (Changed("extracted/found.jsonl.gz:616", "no such key", ("farming",), (), ("farming",)),)
    found = Comparison(before, new, 45, 15, Difference("macro-F1", 0.7, 0.71, -0.01, 0.03), rows, changed)
    outcome = Promotion(found.verdict != "worse", "", found)
    facts = worker._outcome(open_model(models / new), outcome, False, workspace / "labels")
    return {"event": "compared", "seconds": 9.0, **facts}


STARTED: dict[str, Any] = {"event": "started", "run": 1, "seconds": 0.0}
ROWS = (Difference("farming", 0.7, 0.72, -0.01, 0.034), Difference("tourism", 0.7, 0.685, -0.02, -0.01))


def test_what_is_in_use_is_known_after_going_away_and_back(workspace: Path, address: str, page: Page) -> None:
    before = current(workspace / "models")
    session = LabelFolder(workspace / "labels").session({"kind": "review"})
    session.confirm(Decision(("farming",), "古镇游客比去年多了两成，民宿一房难求！", by="小王"))
    page.goto(address + "train")
    page.click("#start")
    page.wait_for_selector("#promote", timeout=180_000)
    assert page.locator(".why").inner_text() != ""
    assert f"改正 1 处（{before} 判断不同的人工标注），新模型照做" in page.locator("#corrections").inner_text()
    page.click("#promote")
    page.wait_for_selector("#promoted")
    new = current(workspace / "models")
    assert new != before
    assert new in page.locator("footer").inner_text()
    page.goto(address + "models")
    page.goto(address + "train")
    page.wait_for_selector("#promoted")
    assert page.locator("#promote").count() == 0
    assert f"与 {before} 比较" in page.locator("#outcome").inner_text()
    page.click("#rollback")
    page.wait_for_selector("#promote")
    assert current(workspace / "models") == before
    assert before in page.locator("footer").inner_text()


def test_the_clock_goes_on_after_a_reload(address: str, page: Page) -> None:
    step = {"event": "step", "step": "reading labels", "seconds": 1.0}
    lines = "".join(f"data: {json.dumps(one)}\n\n" for one in ({"event": "clock", "seconds": 100}, STARTED, step))
    # without an end: the browser asks again in 20 s
    page.route(
        "**/api/training/events",
        lambda route: route.fulfill(content_type="text/event-stream", body=f"retry: 20000\n{lines}"),
    )
    page.goto(address + "train")
    shown = until(page, lambda: page.locator("#clock").inner_text())
    assert any(f"{seconds} 秒" in shown for seconds in range(100, 115)), shown


@pytest.mark.parametrize(("event", "mark"), [("cancelled", "stopped"), ("failed", "failed"), (None, "stopped")])
def test_a_step_that_was_not_finished_is_not_ticked(address: str, page: Page, event: str | None, mark: str) -> None:
    steps = [{"event": "step", "step": one, "seconds": 1.0} for one in ("reading labels", "training on all paragraphs")]
    last = [{"event": event, "message": "stopped", "seconds": 2.0}] if event else []
    told(page, STARTED, *steps, *last)
    page.goto(address + "train")
    page.wait_for_selector(f".steps li.{mark}")
    assert [one.get_attribute("class") for one in page.locator(".steps li").all()] == ["done", mark]


def test_a_training_that_is_stopped(workspace: Path, address: str, page: Page) -> None:
    page.goto(address + "train")
    # locked: it waits to read the labels, and has not ended when it is stopped
    with LabelFolder(workspace / "labels").locked():
        page.click("#start")
        page.wait_for_selector(".steps li")
        page.click("#stop")
        page.wait_for_selector(".steps li.stopped")
    assert page.locator(".steps li:last-child.done").count() == 0


def test_the_verdict_in_words_and_what_changed(workspace: Path, address: str, page: Page) -> None:
    told(page, STARTED, compared(workspace, *ROWS))
    page.goto(address + "train")
    page.wait_for_selector("#promote.primary")
    assert "变差：文旅" in (why := page.locator(".why").inner_text())
    assert "tourism" not in why
    assert "−0.04 至 +0.04" in page.locator(".comparison thead").inner_text()
    assert "（未保存原文） extracted/found.jsonl.gz:616" in page.locator(".changes").inner_text()


def test_corrections_that_the_new_model_does_not_follow(workspace: Path, address: str, page: Page) -> None:
    now = Answer(("tourism",), {"farming": 0.2, "tourism": 0.97})
    texts = ["古镇的<b>渔歌</b>", ""]
    left = tuple(Correction(text, "a.jsonl:3", ("farming",), now, now) for text in texts)
    kept = Correction("春耕", "a.jsonl:4", ("tourism",), None, now)
    facts = worker._corrections(Corrections("v1", (*left, kept)))
    told(page, STARTED, compared(workspace, *ROWS) | {"corrections": facts})
    page.goto(address + "train")
    page.wait_for_selector("#corrections")
    assert page.locator("#corrections").inner_text() == "改正 3 处（v1 判断不同的人工标注），新模型照做 1 处"
    rows = page.locator(".not-followed tbody tr").all_inner_texts()
    assert [row.split("\t")[0] for row in rows] == [texts[0], "（未保存原文） a.jsonl:3"]
    assert "农业 20% · 文旅 97%" in rows[0]


def test_rows_that_a_training_left_out_are_named(workspace: Path, address: str, page: Page) -> None:
    rows = ["labels/paragraphs/a.jsonl:3: text is missing or empty"]
    told(page, STARTED, {"event": "damaged", "rows": rows, "in_all": 25, "seconds": 1.0}, compared(workspace, *ROWS))
    page.goto(address + "train")
    page.wait_for_selector(".damaged li")
    said = page.locator(".damaged").inner_text()
    assert "a.jsonl:3：没有文本，或文本为空" in said
    assert "另有 24 条" in said


def test_what_is_not_advised_does_not_look_so(workspace: Path, address: str, page: Page) -> None:
    told(page, STARTED, compared(workspace, *ROWS) | {"advised": False})
    page.goto(address + "train")
    page.wait_for_selector("#promote")
    assert page.locator("#promote.primary").count() == 0
    assert "建议保留当前模型" in page.locator("#outcome").inner_text()


def test_a_training_that_put_its_model_to_use_itself(workspace: Path, address: str, page: Page) -> None:
    """The page is made anew when that is so, and is left alone when somebody has gone back since."""
    said = compared(workspace, *ROWS) | {"promoted": True}
    told(page, STARTED, said)
    loads: list[str] = []
    page.on("load", lambda loaded: loads.append(loaded.url))
    page.add_init_script("navigation.addEventListener('navigate', () => (window.left = true))")
    with page.expect_response("**/health"):
        page.goto(address + "train")
    page.wait_for_selector("#promote")
    answered(page)
    assert page.evaluate("() => window.left === undefined")
    page.route("**/health", lambda route: route.fulfill(json={"model": said["version"]}))
    page.reload()
    until(page, lambda: len(loads) > 2)  # by itself once more
    page.unroute("**/health")


def test_a_comparison_on_a_narrow_screen(workspace: Path, address: str, page: Page) -> None:
    """Difference and verdict can be seen without knowing that the table scrolls."""
    told(page, STARTED, compared(workspace, *ROWS))
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address + "train")
    page.wait_for_selector(".comparison")
    cells = page.locator(".comparison tbody .difference, .comparison tbody .verdict")
    assert cells.count() == 2 * 3  # two labels and all
    for cell in cells.all():
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= 390


def test_the_model_of_another_folder_is_named(workspace: Path, address: str, page: Page) -> None:
    shipped = current(places.packaged("models"))
    page.goto(address + "models")
    page.click(f"[data-promote='{shipped}']")
    page.wait_for_selector("#rollback")
    page.wait_for_selector(f".history li:first-child:has-text('{shipped}')")
    table, back = page.locator(".versions").bounding_box(), page.locator("#rollback").bounding_box()
    assert table is not None
    assert back is not None
    assert back["y"] - (table["y"] + table["height"]) >= 12
