"""Open documents outlive the server: kept privately, in bounds, forgotten when they are closed; nothing kept is trusted."""

import json
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Block, Document
from classifier.documents.notes import Note
from classifier.web import kept_documents
from classifier.web.kept_documents import KeptDocuments, _as_json, _document
from classifier.web.settings import Settings
from classifier.web.uploads import plain_name, plain_path
from tests.web.conftest import CLIENT, TEXT, serving

texts = st.text(min_size=1, max_size=20).filter(
    lambda one: one.strip() and not any("\ud800" <= c <= "\udfff" for c in one)
)
documents = st.builds(
    lambda blocks, notes, name: Document(
        name, "\n".join(one.text for one in blocks), "docx", None, tuple(blocks), tuple(notes), {"title": name}
    ),
    st.lists(
        st.builds(Block, texts, st.sampled_from(["body", "heading", "row"]), st.none() | st.integers(1, 9)), min_size=1
    ),
    st.lists(st.builds(Note, st.just("comments"), st.integers(1, 9)), max_size=2),
    texts,
)


@given(documents)
def test_a_document_comes_back_as_it_was(document: Document) -> None:
    assert _document(json.loads(_as_json(document))) == document


def test_half_a_character_comes_back_as_well(tmp_path: Path) -> None:
    kept = KeptDocuments(tmp_path / "kept")
    kept.keep("a" * 16, Document("半个.txt", "半个\ud800字"))
    assert [document.text for _, document in kept.all()] == ["半个\ud800字"]


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such permissions")
def test_only_its_owner_can_read_it(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    folder.mkdir(mode=0o755)
    KeptDocuments(folder).keep("a" * 16, Document("甲.txt", TEXT))
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert [stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()] == [0o600]


def test_the_oldest_go_where_all_together_are_too_large(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_documents, "MOST", 2_000)
    kept = KeptDocuments(tmp_path)
    for number in range(6):
        kept.keep(f"{number:016}", Document(f"{number}.txt", "民" * 90))
        os.utime(tmp_path / f"{number:016}.json", (number, number))
    left = [document.name for _, document in kept.all()]
    assert 0 < len(left) < 6
    assert left == [f"{number}.txt" for number in range(6)][-len(left) :]
    assert kept.keep("b" * 16, Document("大.txt", "民" * 9_000)) == []
    assert "大.txt" not in [document.name for _, document in kept.all()]


@pytest.mark.parametrize(
    "content", ["", "{", "[]", '{"format": 2}', '{"format": 1}', '{"format": 1, "name": 1, "text": 5}', "[" * 10_000]
)
def test_a_damaged_file_is_left_out_and_left_alone(content: str, tmp_path: Path) -> None:
    (tmp_path / f"{'a' * 16}.json").write_text(content, encoding="ascii")
    (tmp_path / "notes.json").write_text("{}", encoding="ascii")
    (tmp_path / f"{'b' * 16}.json").symlink_to(tmp_path / "notes.json")
    assert list(KeptDocuments(tmp_path).all()) == []
    assert len(list(tmp_path.iterdir())) == 3


@pytest.mark.parametrize("id_", ["../a", "", "a" * 15, "a" * 15 + "/", "..", "a" * 16 + ".json"])
def test_no_name_leads_elsewhere(id_: str, tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text("{}", encoding="ascii")
    KeptDocuments(tmp_path / "kept").forget(id_)
    assert (tmp_path / "a.json").exists()


def test_documents_are_open_again_after_a_restart(workspace: Path) -> None:
    """The same address, the same text, decisions as before; a list of what to label next is not kept."""
    settings = Settings(labels=workspace / "labels", kept=workspace / "kept")
    with serving(settings) as client:
        opened = client.post("/api/sheets", data={"text": TEXT, "name": "通知"}, headers=CLIENT).json()
        other = client.post("/api/sheets", data={"text": TEXT + "再来一段别的文字。"}, headers=CLIENT).json()
    with serving(settings) as client:
        assert "春耕备耕抓得紧" in client.get(opened["url"]).text
        assert str(workspace / "kept") in client.get("/").text
        assert client.delete(f"/api/sheets/{other['id']}", headers=CLIENT).status_code == 204
    with serving(settings) as client:
        assert client.get(other["url"]).status_code == 404
        assert client.delete("/api/sheets", headers=CLIENT).status_code == 204
    assert list((workspace / "kept").iterdir()) == []


def test_the_switch_keeps_nothing(workspace: Path) -> None:
    with serving(Settings(labels=workspace / "labels")) as client:
        client.post("/api/sheets", data={"text": TEXT}, headers=CLIENT)
        assert "only in memory" in client.get("/").text or "in the server's memory only" in client.get(
            "/"
        ).text.replace("&#39;", "'")
    assert not (workspace / "kept").exists()


def test_a_document_that_cannot_be_kept_is_open_all_the_same_and_it_is_said(workspace: Path) -> None:
    (workspace / "kept").write_text("a file where the folder should be", encoding="utf-8")
    with serving(Settings(labels=workspace / "labels", kept=workspace / "kept")) as client:
        opened = client.post("/api/sheets", data={"text": TEXT}, headers=CLIENT)
        assert opened.status_code == 201
        assert "could not be kept for the next start" in client.get("/").text


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("材料/甲县/报告.txt", "材料/甲县/报告.txt"),
        (r"材料\甲县\报告.txt", "材料/甲县/报告.txt"),
        ("../../etc/passwd", "etc/passwd"),
        (r"C:\材料\报告.txt", "材料/报告.txt"),
        ("/a//./b/../报告.txt", "a/b/报告.txt"),
        ("a/" * 20 + "报告.txt", "a/" * 8 + "报告.txt"),
        ("\u202e甲/\x00报告.txt", "甲/报告.txt"),
        ("", "file"),
    ],
)
def test_the_path_of_a_folder_that_was_chosen_is_only_a_name(path: str, expected: str) -> None:
    assert plain_path(path) == expected


@given(st.text(max_size=80))
def test_no_path_leads_anywhere(path: str) -> None:
    shown = plain_path(path)
    assert not shown.startswith("/")
    assert not {"", ".", ".."} & set(shown.split("/"))
    assert plain_name(shown) == shown.split("/")[-1]


def test_two_documents_of_a_folder_are_told_apart_and_found(workspace: Path) -> None:
    """Opened with their folders; found by text and label, each under its own name, linked to its paragraph."""
    with serving(Settings(labels=workspace / "labels")) as client:
        for county, text in (
            ("甲县", TEXT),
            ("乙县", "上午九点，集体学习了有关文件。\n古镇的游客和旅行社都多，景区门票又便宜了。"),
        ):
            answer = client.post(
                "/api/sheets",
                files={"file": ("报告.txt", text.encode())},
                data={"path": f"材料/{county}/报告.txt"},
                headers=CLIENT,
            )
            assert answer.json()["title"] == f"材料/{county}/报告.txt"
        page = client.get("/search", params={"q": "景区门票"}).text
        assert "2 paragraphs in 2 documents" in page
        assert "甲县/报告.txt" in page
        assert "乙县/报告.txt" in page
        assert '<mark class="c1">景区门票</mark>' in page
        assert "#p1" in page
        farming = client.get("/search", params={"q": "", "label": "farming"}).text
        assert "春耕备耕" in farming
        assert "集体学习" not in farming
        both = client.get("/search", params={"q": "景区门票", "label": "farming"}).text
        assert "No paragraph matches this search." in both
        assert "&lt;script&gt;" in client.get("/search", params={"q": "<script>"}).text
        assert client.get("/search", headers={"accept-language": "zh"}).text.count("检索") > 1
        assert client.get("/search", params={"q": "长" * 300}).status_code == 422


def test_a_search_has_pages_and_says_nothing_where_nothing_is_asked(workspace: Path) -> None:
    with serving(Settings(labels=workspace / "labels")) as client:
        assert "Open some documents first" in client.get("/search").text
        text = "\n".join(f"第{number}批古镇的游客到了，旅行社忙得很。" for number in range(120))
        client.post("/api/sheets", data={"text": text}, headers=CLIENT)
        assert "<mark" not in client.get("/search").text
        pages = [client.get("/search", params={"q": "古镇", "page": number}).text for number in (1, 2, 3, 9)]
        assert [page.count("<mark") for page in pages] == [50, 50, 20, 20]
        assert "120 paragraphs in 1 documents" in pages[0]
