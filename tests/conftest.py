"""Shared fixtures: a small labels folder written for the tests, and a model trained on it once."""

import json
import os

from tests.other_programs import CHROMIUM
from tests.surroundings import heed_interrupts, held_still

# Before numpy is imported: tests run side by side, and threads that wait for each other slow small sums down.
for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(name, "1")
held_still(os.environ)
heed_interrupts()

# ruff: noqa: E402
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, settings
from playwright.sync_api import Browser, sync_playwright

import classifier
from classifier.labelling.corpus import Corpus, read_corpus
from classifier.model.background import fit_background
from classifier.model.settings import Settings
from classifier.model.store import StoredModel, open_model, versions
from classifier.places import packaged
from classifier.training.train import train

# Under CI the same examples every time: a new counterexample is a bug to write down, not a change's failure.
# HYPOTHESIS_MAX_EXAMPLES=5000 searches longer. What failed is kept beside the code, where that may be written to.
KEPT: dict[str, Any] = {} if os.access(Path(__file__).parent.parent, os.W_OK) else {"database": None}
settings.register_profile(
    "tests",
    **KEPT,
    deadline=None,
    derandomize="CI" in os.environ,
    max_examples=int(os.environ.get("HYPOTHESIS_MAX_EXAMPLES", "100")),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
settings.load_profile("tests")


RERUNS = int(os.environ.get("BROWSER_TESTS_RERUNS", "1"))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Run what fails in a browser a second time, told as RERUN: it draws and answers when it likes, not when it is asked."""
    for item in items:
        if RERUNS and "browser" in getattr(item, "fixturenames", ()):
            item.add_marker(pytest.mark.flaky(reruns=RERUNS))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for all; each page has a context of its own: no cookies, no store of another test's."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield found
        found.close()


TAXONOMY = """
name = "fields"
[[label]]
id = "farming"
zh = "农业"
en = "farming"
seeds = ["粮食"]
[[label]]
id = "tourism"
zh = "文旅"
en = "tourism"
"""

FARMING = [
    "春耕备耕抓得紧，化肥种子备得足，粮食播种面积稳住了。",
    "高标准农田再建三万亩，灌溉渠道清淤完毕。",
    "合作社的拖拉机下了地，秋粮收购价格比去年高。",
    "病虫害统防统治覆盖全部稻田，农技员驻村指导。",
    "养殖场的粪肥还田，耕地质量提高半个等级。",
]
TOURISM = [
    "古镇游客比去年多了两成，民宿一房难求。",
    "景区门票实行预约，讲解员换上了新服装。",
    "文化馆排了新戏，非遗展演连办三天。",
    "山里的漂流项目开放，旅行社带来大批游客。",
    "博物馆延长开放时间，夜游灯光秀好评不断。",
]
OTHER = [
    "会议由某某主持，各科室负责人参加。",
    "上午九点，与会人员集体学习了有关文件。",
    "消防演练按计划进行，应急队伍全部到岗。",
    "选举结果当场宣布，代表们鼓掌通过。",
    "河道水位平稳，值班人员坚守岗位。",
]


def rows() -> Iterator[dict[str, object]]:
    """Yield 45 paragraphs in 15 documents: three tellings of each sentence above."""
    for telling, opening in enumerate(("", "据介绍，", "今年以来，")):
        for place in range(5):
            doc = f"doc-{telling}-{place}"
            for label, texts in (("farming", FARMING), ("tourism", TOURISM), (None, OTHER)):
                yield {
                    "text": opening + texts[place],
                    "labels": [label] if label else [],
                    "doc": doc,
                    "origin": "written",
                }


@pytest.fixture
def labels_folder(tmp_path: Path) -> Path:
    """A labels folder with another taxonomy than the default one."""
    return write_labels(tmp_path / "labels")


def write_labels(folder: Path) -> Path:
    (folder / "paragraphs").mkdir(parents=True)
    (folder / "taxonomy.toml").write_text(TAXONOMY, encoding="utf-8")
    (folder / "terms.txt").write_text("# own terms\n高标准农田\n", encoding="utf-8")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows())
    (folder / "paragraphs" / "small.jsonl").write_text(lines, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def small_settings() -> Settings:
    return Settings(topics=4)


@pytest.fixture(scope="session")
def small_corpus(tmp_path_factory: pytest.TempPathFactory) -> Corpus:
    return read_corpus(write_labels(tmp_path_factory.mktemp("small") / "labels"))


@pytest.fixture(scope="session")
def small_model(
    tmp_path_factory: pytest.TempPathFactory, small_corpus: Corpus, small_settings: Settings
) -> StoredModel:
    """A model trained for real on the small corpus; tests that damage it work on a copy."""

    def make(folder: Path) -> None:
        background = fit_background([one.words for one in small_corpus.paragraphs], small_settings)
        train(small_corpus, background, small_settings, folder, lambda step: None)

    folder = made_once(tmp_path_factory, "models", make)
    return open_model(folder / versions(folder)[0])


def made_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], None]) -> Path:
    """Return a folder that is made once a run, by the first that asks, whichever of pytest-xdist's workers that is."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if "PYTEST_XDIST_WORKER" in os.environ else base) / "shared" / name
    folder.parent.mkdir(exist_ok=True)
    with FileLock(folder.with_suffix(".lock")):
        if not folder.exists():
            making = folder.with_suffix(".making")
            making.mkdir()
            make(making)
            making.rename(folder)
    return folder


@pytest.fixture(scope="session")
def default_corpus() -> Corpus:
    """The labels of the package: some ten thousand paragraphs, read once."""
    return read_corpus(packaged("labels"))


@pytest.fixture(scope="session")
def default_model() -> classifier.Model:
    """The model of the package."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CLASSIFIER_HOME", os.devnull)  # not one of whoever runs the tests
        return classifier.load()


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the models of whoever runs it."""
    monkeypatch.setenv("CLASSIFIER_HOME", str(tmp_path / "home"))


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Name cases of bytes by the argument: packed ones hold the second, and processes side by side must agree on names."""
    return argname if isinstance(val, bytes) else None
