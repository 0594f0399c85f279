"""A server on a small workspace: labels, a model trained on them, nothing of the default model."""

import copy
import dataclasses
import html
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from playwright.sync_api import Browser, Page

from classifier import long_lived
from classifier.labelling.corpus import Corpus
from classifier.model.background import fit_background
from classifier.model.settings import Settings as Training
from classifier.model.store import make_current
from classifier.training.train import fit, store
from classifier.web.app import create_app
from classifier.web.settings import Settings
from tests.browsing import WIDE, sound_page
from tests.conftest import made_once, write_labels
from tests.web.running_server import answering

CLIENT = {"X-Client": "window-of-a-test"}
TEXT = "春耕备耕抓得紧，化肥种子备得足。\n景区门票又便宜了，古镇的游客和旅行社都多。\n来源：本报\n上午九点，集体学习了有关文件，要求各科室抓好落实。"


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory, small_corpus: Corpus, small_settings: Training) -> Path:
    def make(folder: Path) -> None:
        background = fit_background([one.words for one in small_corpus.paragraphs], small_settings)
        trained = fit(small_corpus, background, small_settings, lambda step: None)
        write_labels(folder / "labels")
        first = store(trained, folder / "models", keep_labels=True, progress=lambda step: None)
        store(trained, folder / "models", keep_labels=True, progress=lambda step: None)
        make_current(folder / "models", first.version)

    return made_once(tmp_path_factory, "template", make)


@pytest.fixture(scope="session", autouse=True)
def quick_applications() -> Iterator[None]:
    """An application is made for nearly every test, in a process that holds far more than a server does.

    Its description follows from its routes alone, so the first one's serves all; and the garbage of a whole test run is
    not collected each time (`classify serve` in tests/web/test_browser.py does both).
    """
    describe, described = FastAPI.openapi, dict[str, Any]()

    def copied(app: FastAPI) -> dict[str, Any]:
        if not app.openapi_schema:
            if not described:
                described.update(copy.deepcopy(describe(app)))
            app.openapi_schema = copy.deepcopy(described)
        return app.openapi_schema

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FastAPI, "openapi", copied)
        patch.setattr(long_lived, "gc", SimpleNamespace(collect=int, freeze=int))
        yield


@pytest.fixture
def workspace(tmp_path: Path, template: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with labels/ and models/, and two versions of a model, the first in use."""
    shutil.copytree(template, tmp_path, dirs_exist_ok=True)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def client(workspace: Path) -> Iterator[TestClient]:
    with serving(Settings(labels=workspace / "labels")) as found:
        yield found


@pytest.fixture
def address(workspace: Path) -> Iterator[str]:
    with answering(Settings(labels=workspace / "labels")) as found:
        yield found


@pytest.fixture
def page(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Page]:
    """A page on which nothing is complained of."""
    if "address" in request.fixturenames:
        request.getfixturevalue("address")  # a page that asks a server that is gone complains: it is closed first
    with sound_page(browser, silent=True, viewport=WIDE) as found:
        yield found


@contextmanager
def served(workspace: Path, *options: str) -> Iterator[str]:
    """Run the real command, in a process of its own, on a free port; yield its address."""
    command = [str(Path(sys.executable).with_name("classify")), "serve", "--port", "0", *options]
    with subprocess.Popen(command, cwd=workspace, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            lines = iter(process.stderr.readline, "")
            yield next(line.split()[1] for line in lines if "http://" in line)
        finally:
            process.terminate()
            process.wait(120)
            assert process.stderr is not None
            assert "Traceback" not in process.stderr.read()


def serving(settings: Settings, **changes: Any) -> TestClient:
    app = create_app(dataclasses.replace(settings, **changes))
    return TestClient(app, base_url="http://127.0.0.1:8000", headers=CLIENT, follow_redirects=False)


def shown(client: TestClient, sheet: str) -> tuple[str, list[dict[str, Any]]]:
    """Return what the page of a sheet shows: the model that suggests, and each paragraph's state."""
    page = client.get(f"/sheets/{sheet}").text
    model = re.search(r'data-model="([^"]*)"', page)
    assert model
    return model[1], [json.loads(html.unescape(one)) for one in re.findall(r'data-state="([^"]*)"', page)]


def open_text(client: TestClient, text: str = TEXT) -> str:
    """Open a text and return its sheet's id."""
    answer = client.post("/api/sheets", data={"text": text, "name": "周报.txt"})
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])
