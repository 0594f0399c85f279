"""What a program is told that asks the server: in the words of HTTP, and never an option of the command."""

import re

import pytest
from fastapi.testclient import TestClient

from classifier.i18n.sentences import HTTP, translated
from classifier.web.i18n.texts import texts
from tests.i18n.test_sentences import ALL

_OPTION = re.compile(r"(?<![-\w])--[a-z][a-z-]+")
BESIDE = (  # only the command raises these, or who starts the server reads them
    "cli/", "report/", "extract/", "web/settings.py", "web/server.py", "web/addresses.py", "web/app.py", "bulk/resume.py",
    "bulk/output.py", "bulk/local.py", "training/load_labels.py", "labelling/imports/label_files.py",
)  # fmt: skip
REACHABLE = {place: text for place, text in ALL.items() if not place.startswith(BESIDE)}
NAMING = {place: text for place, text in REACHABLE.items() if _OPTION.search(text)}


@pytest.mark.parametrize("place", sorted(NAMING))
def test_an_option_of_the_command_is_put_otherwise(place: str) -> None:
    told = translated(NAMING[place].replace("{}", "甲"), HTTP)
    assert not _OPTION.search(told), told


@pytest.mark.parametrize("place", sorted(NAMING))
def test_it_reads_in_chinese_still(place: str) -> None:
    filled = (NAMING[place].replace("{}", one) for one in ("甲", "3", "jsonl", "'甲'"))
    told = [texts("zh").sentence(translated(f"{before}{one}", HTTP)) for one in filled for before in ("", "甲.csv: ")]
    assert any(not re.search("[A-Za-z]+(?:[,;:]? [A-Za-z]+){2,}", one) for one in told), told


def test_some_were_found() -> None:
    assert len(NAMING) >= 5


def test_refusals_of_an_import_name_its_fields(client: TestClient) -> None:
    def bring(content: str, **fields: str) -> str:
        sent = client.post("/api/labels/import", files={"file": ("a.csv", content.encode())}, data=fields)
        return str(sent.json().get("detail", ""))

    assert bring("文本,标签\n一段,农业\n") == ""
    assert "(on_conflict=newest decides)" in bring("文本,标签\n一段,文旅\n")
    assert bring("文本,标签\n一段,文旅\n", on_conflict="newest") == ""
    assert "(skip_bad=true keeps the others)" in bring("文本,标签\n一段,文旅\n二段,钓鱼\n")
    assert "call those of the text and the labels text and label" in bring("甲,乙\n一段,文旅\n")


def test_refusals_of_a_scoring_name_its_fields(client: TestClient) -> None:
    def score(content: str) -> str:
        sent = client.post("/api/score", content=content.encode(), headers={"Content-Type": "text/csv"})
        return str(sent.json()["detail"])

    assert "choose one with text_column" in score("正文,内容\n一段,二段\n")
    assert score("text,labels\n一段,二段\n").endswith("score it with prefix=predicted_")
