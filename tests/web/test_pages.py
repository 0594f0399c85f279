"""The pages, in both languages; whatever a document holds stays text."""

import re
import tomllib
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from classifier import places
from classifier.report.words import words
from classifier.web.i18n.texts import texts
from tests.web.conftest import TEXT, open_text

WEB = Path(__file__).parents[2] / "classifier" / "web"
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(1)>\"'></p></li><!-- \u202e{{ 7 * 7 }} &lt;b&gt;"


@pytest.mark.parametrize("path", ["/", "/queue", "/labels", "/train", "/models", "/topics", "/api", "/login"])
def test_every_page_in_english_and_chinese(client: TestClient, path: str) -> None:
    english = client.get(path, headers={"Accept-Language": "en-GB"})
    chinese = client.get(path, headers={"Accept-Language": "zh-CN,zh;q=0.9"})
    assert english.status_code == chinese.status_code == 200
    assert '<html lang="en">' in english.text
    assert '<html lang="zh-Hans">' in chinese.text
    assert ">段落标注<" in chinese.text
    assert ">Paragraph labels<" in english.text


def test_the_language_is_chosen_by_a_form(client: TestClient) -> None:
    answer = client.post("/language", data={"language": "zh", "to": "/models"})
    assert answer.headers["location"] == "/models"
    assert '<html lang="zh-Hans">' in client.get("/models", headers={"Accept-Language": "en"}).text


def test_texts_are_whole() -> None:
    """Each text is there in both languages, and each that a page asks for is there."""
    english, chinese = texts("en"), texts("zh")
    assert set(english.words) == set(chinese.words)
    for key, text in english.words.items():
        assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", chinese.words[key])), key
    pages = "".join(
        path.read_text(encoding="utf-8") for path in [*WEB.glob("templates/*.html"), *WEB.glob("static/*.js")]
    )
    asked = set(re.findall(r"""\bt\(['"](\w+)['"]""", pages))
    assert asked <= set(english.words), asked - set(english.words)


def test_no_page_runs_or_loads_anything_but_its_own_files(client: TestClient) -> None:
    sheet = open_text(client)
    for path in ("/", "/queue", "/labels", "/train", "/models", "/topics", "/api", "/login", f"/sheets/{sheet}"):
        page = client.get(path).text
        assert not re.findall(r"<script(?![^>]*\bsrc=)", page), path
        assert not re.findall(r"""\son\w+=["']""", page), path
        assert not re.findall(r"""\sstyle=["']""", page), path
        loaded = re.findall(r"""<(?:script|link)[^>]*(?:src|href)="([^"]+)""", page)
        assert loaded, path
        assert all(one.startswith("/static/") for one in loaded)


def test_a_text_that_is_a_script_stays_text(client: TestClient) -> None:
    answer = client.post("/api/sheets", files={"file": (f"{HOSTILE}.txt", f"{HOSTILE}\n{TEXT}".encode())})
    sheet = answer.json()["id"]
    client.post(f"/api/sheets/{sheet}/decisions", json={"index": 0, "labels": ["farming"], "by": HOSTILE})
    for path in (f"/sheets/{sheet}", "/", "/labels", f"/labels?q={HOSTILE}"):
        page = client.get(path).text
        assert "<script>alert" not in page, path
        assert "<img" not in page, path
        assert "{{ 7 * 7 }}" in page, path
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in client.get(f"/sheets/{sheet}").text


def test_a_line_without_end_and_a_page_that_is_gone(client: TestClient) -> None:
    sheet = open_text(client, "长" * 100_000)
    assert client.get(f"/sheets/{sheet}").status_code == 200
    assert client.delete(f"/api/sheets/{sheet}").status_code == 204
    assert client.get(f"/sheets/{sheet}").status_code == 404


def test_the_sample_is_the_one_of_the_demo(client: TestClient) -> None:
    sample = client.get("/sample")
    assert sample.headers["content-type"] == "text/plain; charset=utf-8"
    assert sample.content == (WEB.parents[1] / "scripts" / "demo" / "speech.txt").read_bytes()
    assert client.get(f"/sheets/{open_text(client, sample.text)}").text.count('data-kind="heading"') > 3


def test_a_wheel_carries_what_a_checkout_keeps_beside_the_package() -> None:
    project = tomllib.loads((WEB.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    included = project["tool"]["hatch"]["build"]["targets"]["wheel"]["force-include"]
    assert included == {name: f"classifier/data/{name}" for name in ("labels", "models", places.SPEECH)}
    assert all(places.packaged(name).exists() for name in included)


def test_cards_and_search(client: TestClient) -> None:
    version = client.get("/health").json()["model"]
    assert "农业" in client.get(f"/models/{version}").text
    assert client.get("/models/nonsense").headers["location"] == "/models"
    found = client.get("/labels", params={"q": "拖拉机"}).text
    assert found.count("data-key=") == 3
    assert client.get("/labels", params={"label": "none"}).text.count("data-key=") == 15
    assert client.get("/labels", params={"q": "没有这句话"}).text.count("data-key=") == 0


def test_topics_tell_the_change_from_another_version(client: TestClient) -> None:
    in_use = client.get("/health").json()["model"]
    other = next(one["version"] for one in client.get("/api/models").json() if not one["in_use"])
    assert 'id="changes"' not in client.get("/topics").text
    changes = client.get("/topics", params={"against": other}).text
    heading = words("en")["changes"].format(old=other, new=in_use)
    assert heading in changes
    assert client.get("/topics", params={"against": "nonsense<b>"}).status_code == 404
    assert "nonsense<b>" not in client.get("/topics", params={"against": "nonsense<b>"}).text


def test_problems_are_pages_in_a_browser_and_json_for_programs(client: TestClient, workspace: Path) -> None:
    browser = {"Accept": "text/html,*/*", "Accept-Language": "zh-CN"}
    (workspace / "labels" / "taxonomy.toml").write_text("[[label]]\n", encoding="utf-8")
    for path, status in (("/train", 409), ("/nowhere", 404), ("/labels?page=0", 422)):
        page = client.get(path, headers=browser)
        assert (page.status_code, page.headers["content-type"]) == (status, "text/html; charset=utf-8"), path
        assert "此页无法显示" in page.text
        assert client.get(path).headers["content-type"] == "application/problem+json"
    assert "第 1 个标签没有 id" in client.get("/train", headers=browser).text
    assert client.get("/api/nowhere", headers=browser).headers["content-type"] == "application/problem+json"
