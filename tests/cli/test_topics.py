"""`classify topics` and `--precision`, through the real command and the default model."""

import csv
import io
import json

from classifier.api import load
from classifier.model.store import StoredModel
from tests.cli.test_label import classify


def test_topics_are_listed_with_words_share_and_labels() -> None:
    rows = [json.loads(line) for line in classify("topics").stdout.splitlines()]
    assert len(rows) >= 40
    assert len({row["id"] for row in rows}) == len(rows)
    assert all(len(row["words"]) >= 5 and 0 <= row["share"] <= 1 and -1 <= row["coherence"] <= 1 for row in rows)
    assert [row["share"] for row in rows] == sorted((row["share"] for row in rows), reverse=True)


def test_every_label_has_a_topic_that_goes_with_it() -> None:
    model = load()
    for label in model.ids:
        assert max(topic["labels"][label] for topic in model.topics) > 0.15


def test_topics_as_csv_and_as_a_table() -> None:
    rows = list(csv.DictReader(io.StringIO(classify("topics", "--format", "csv").stdout.decode("utf-8-sig"))))
    assert list(rows[0]) == ["topic", "share", "coherence", "words", *load().ids]
    table = classify("topics", "--format", "table").stdout.decode()
    assert rows[0]["topic"] in table
    assert f"{len(rows)} topics of model" in table


def test_a_result_names_its_leading_topics() -> None:
    out = classify("-", stdin="这次集中签约的项目有二十六个，总投资八十亿元，年底前全部开工。\n".encode()).stdout
    (topic, *_) = json.loads(out)["topics"]
    assert {"id", "words", "strength"} == set(topic)
    labels = next(one["labels"] for one in load().topics if one["id"] == topic["id"])
    assert max(labels, key=lambda label: labels[label]) == "project_recruitment"


def test_a_higher_precision_gives_fewer_labels() -> None:
    text = "要改进作风。\n推动项目建设和企业服务。\n关心群众生活。\n抓好招商工作，办好民生实事。\n".encode()

    def labels(*options: str) -> int:
        return sum(len(json.loads(line)["labels"]) for line in classify("-", *options, stdin=text).stdout.splitlines())

    assert 0 < labels("--precision", "0.95") < labels("--precision", "0.5")


def test_a_precision_that_was_not_reached_is_said(small_model: StoredModel) -> None:
    folder = str(small_model.folder)
    said = classify("-", "--model", folder, "--precision", "0.99", stdin="游客多了。\n".encode())
    reached = load(folder, precision=0.99).notes
    assert said.returncode == 0
    assert len(reached) >= 1
    assert [line.removeprefix("classify: ") for line in said.stderr.decode().splitlines()] == list(reached)


def test_a_precision_out_of_range_is_wrong_usage() -> None:
    assert classify("-", "--precision", "1.5", stdin=b"x").returncode == 2
