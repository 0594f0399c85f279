"""Labels files that were once misread: taken for another format, stored unreadable, or refused though they are good."""

import gzip
import json
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from classifier.labelling.corpus import read_corpus, read_decisions
from classifier.labelling.decision import Decision, iso, moment
from classifier.labelling.exchange import recognise
from classifier.labelling.exchange.recognise import Incoming, read_labels
from classifier.labelling.exporting import WRITERS, export, stored_decisions
from classifier.labelling.folder.label_folder import LabelFolder
from classifier.labelling.imports.conflicts import Conflict, newest
from classifier.labelling.imports.importing import import_labels
from classifier.labelling.label_names import Names
from classifier.labelling.taxonomy import read_taxonomy, taxonomy_from

Read = Callable[[str | bytes], Incoming]


@pytest.fixture
def read(labels_folder: Path, tmp_path: Path) -> Read:
    """Read a file with the names of the small folder's labels."""

    def understood(content: str | bytes) -> Incoming:
        path = tmp_path / "labels.dat"
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return read_labels(str(path), Names(read_taxonomy(labels_folder)))

    return understood


def lines(*rows: object) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def stored(folder: Path, *files: Incoming) -> dict[str | None, tuple[str, ...]]:
    """Import files, the newest answer counting, and return what the folder then says of what was imported."""
    import_labels(LabelFolder(folder), files, newest, False, {"kind": "import"})
    return {one.text: one.labels for one in read_decisions(folder).paragraphs if one.at}


def test_own_rows_with_annotations_come_back_whole(read: Read, labels_folder: Path) -> None:
    rows = [
        {"text": "甲", "labels": ["farming"], "annotations": {"first": ["farming"], "second": []}, "settled": True},
        {"text": "乙", "labels": [], "annotations": {"first": [], "second": []}, "source": "报纸"},
        {"words": {"丙": 2}, "labels": [], "annotations": {"first": ["tourism"]}},
    ]
    (labels_folder / "paragraphs" / "small.jsonl").write_text(lines(*rows), encoding="utf-8")
    before = stored_decisions(read_decisions(labels_folder))
    found = read(export(before, "jsonl", read_taxonomy(labels_folder)))
    assert (found.title, found.problems) == ("JSON Lines", ())
    assert all(one.confirmed for one in found.decisions)
    assert [one.as_row() for one in found.decisions] == [one.as_row() for one in before]
    (labels_folder / "paragraphs" / "small.jsonl").unlink()
    stored(labels_folder, found)
    after = {one.key: one for one in stored_decisions(read_decisions(labels_folder))}
    assert {key: one.labels for key, one in after.items()} == {one.key: one.labels for one in before}
    assert {key: one.facts for key, one in after.items()} == {one.key: one.facts for one in before}


def test_own_rows_with_annotations_are_ours_in_an_array_too(read: Read) -> None:
    found = read(json.dumps([{"text": "甲", "labels": [], "annotations": {"first": []}}]))
    assert found.title == "JSON array"
    assert [one.confirmed for one in found.decisions] == [True]


def test_an_old_doccano_export_is_still_one(read: Read) -> None:
    found = read(lines({"text": "甲", "labels": [], "annotations": [], "meta": {}}))
    assert found.title == "doccano JSON Lines"
    assert [one.confirmed for one in found.decisions] == [False]


@pytest.mark.parametrize("content", [{"text": "新"}, {"words": {"新": 1}}], ids=["text", "words"])
def test_annotations_are_understood_as_labels_are(content: dict[str, object], read: Read, labels_folder: Path) -> None:
    found = read(lines({**content, "labels": ["农业"], "annotations": {"甲": ["农业", "Farming"], "乙": ["无"]}}))
    assert found.problems == ()
    stored(labels_folder, found)
    (one,) = [one for one in read_decisions(labels_folder).paragraphs if one.at]
    assert one.annotations == {"甲": ("farming",), "乙": ()}


@pytest.mark.parametrize("content", [{"text": "新"}, {"words": {"新": 1}}], ids=["text", "words"])
@pytest.mark.parametrize(
    ("annotations", "message"),
    [
        ("foo", "annotations must be an object"),
        (3, "annotations must be an object"),
        ({"甲": ["旧标签"]}, "annotations of 甲: no label is called '旧标签'"),
        ({"甲": 3}, "annotations of 甲: labels must be a list of names"),
        ({"甲": ["存疑"]}, "annotations of 甲: "),
    ],
)
def test_annotations_that_could_not_be_read_again_are_bad_rows(
    content: dict[str, object], annotations: object, message: str, read: Read, labels_folder: Path
) -> None:
    good = {"text": "好", "labels": ["tourism"], "annotations": None}
    found = read(lines(good, {**content, "labels": ["farming"], "annotations": annotations}))
    (problem,) = found.problems
    assert "labels.dat: line 2: " in problem
    assert message in problem
    assert stored(labels_folder, found) == {"好": ("tourism",)}


@pytest.mark.parametrize(
    "content",
    [
        f'{{"text": "新", "labels": [], "note": {"[" * 400 + "]" * 400}}}',
        f'[{{"text": "新", "labels": [], "note": {"[" * 400 + "]" * 400}}}]',
        f"文本,标签,年份\n新,农业,{'9' * 30}\n",
    ],
    ids=["deep", "deep in an array", "huge year"],
)
def test_what_cannot_be_written_down_is_a_bad_row(content: str, read: Read) -> None:
    found = read(content)
    (problem,) = found.problems
    assert "cannot be stored" in problem
    assert found.decisions == ()


DATES = [
    ("2026/9/3", "2026-09-03"),
    ("2026-9-3", "2026-09-03"),
    ("2026.9.3", "2026-09-03"),
    ("2026/09/03", "2026-09-03"),
    ("2027年1月2日", "2027-01-02"),
    ("２０２７年１月２日", "2027-01-02"),
    ("2027年1月2日星期六", "2027-01-02"),
    ("2026/9/3 8:05", "2026-09-03T08:05:00"),
    ("2026年9月3日 18:05:09", "2026-09-03T18:05:09"),
    ("2026/9/3 下午3:05", "2026-09-03T15:05:00"),
    ("2026/9/3 12:05 AM", "2026-09-03T00:05:00"),
    ("2026年9月", "2026-09"),
    ("2026.9", "2026-09"),
    ("2026", "2026"),
    ("2026-09-03", "2026-09-03"),
    ("2026-09-03T08:05:00+08:00", "2026-09-03T08:05:00+08:00"),
    ("2026-01-02T03:04:05.123456Z", "2026-01-02T03:04:05.123456Z"),
    (" ", ""),
]


@pytest.mark.parametrize(("written", "meant"), DATES)
def test_dates_as_people_write_them(written: str, meant: str, read: Read) -> None:
    assert iso(written) == meant
    assert moment(written) == moment(meant)
    (one,) = read(f"文本,标签,日期\n新,农业,{written}\n").decisions
    assert one.date == meant


@pytest.mark.parametrize("later", ["2026/9/3", "2026-9-3", "2026.9.3", "2026年9月3日", "2026/9/3 8:05", "2026年10月"])
@pytest.mark.parametrize("first", [True, False])
def test_newest_understands_dates_from_excel(later: str, first: bool, read: Read, labels_folder: Path) -> None:
    rows = [f"新,文旅,{later}\n", "新,农业,2026-09-02\n"]
    found = read("文本,标签,日期\n" + "".join(rows if first else rows[::-1]))
    assert stored(labels_folder, found) == {"新": ("tourism",)}


@pytest.mark.parametrize("date", ["去年", "9/3/2026", "2026/13/3", "2026/2/30", "2026/9/3 25:00"])
def test_a_date_that_cannot_be_read_is_a_bad_row(date: str, read: Read) -> None:
    found = read(f"文本,标签,日期\n新,农业,{date}\n好,农业,\n")
    (problem,) = found.problems
    assert f"labels.dat: line 2: date '{date}' is none that can be read; write it as 2026-09-03" in problem
    assert [one.text for one in found.decisions] == ["好"]


def test_a_full_width_hash_divides_labels(read: Read) -> None:
    (one,) = read("文本,标签\n新,农业＃文旅\n").decisions
    assert one.labels == ("farming", "tourism")


@pytest.mark.parametrize("count", [18446744073709551615, 1_000_001])
def test_a_count_beyond_reason_is_a_bad_row(count: int, read: Read) -> None:
    found = read(lines({"words": {"县里": count}, "labels": []}, {"words": {"县里": 1_000_000}, "labels": []}))
    (problem,) = found.problems
    assert f"line 1: words: '县里' {count:,} times in one paragraph; the most is 1,000,000" in problem
    assert len(found.decisions) == 1


def test_a_gzip_file_that_swells_is_refused(read: Read, monkeypatch: pytest.MonkeyPatch) -> None:
    content = lines({"text": "新", "labels": []}).encode()
    monkeypatch.setattr(recognise, "UNPACKED_MOST", len(content))
    assert len(read(gzip.compress(content)).decisions) == 1
    found = read(gzip.compress(content + b" " * 100_000))
    assert found.decisions == ()
    assert f"more than {len(content):,} bytes when unpacked" in found.problems[0]


def region(control: str, *names: str) -> dict[str, object]:
    return {"type": "choices", "from_name": control, "to_name": "text", "value": {"choices": list(names)}}


def task(text: str, *result: object) -> dict[str, object]:
    return {"data": {"text": text}, "annotations": [{"result": list(result)}]}


REMARK = {"type": "textarea", "from_name": "comment", "to_name": "text", "value": {"text": ["不好说"]}}
SPAN = {"type": "labels", "from_name": "span", "value": {"labels": ["农业"], "start": 0, "end": 1}}


def written(tasks: list[dict[str, object]], how: str) -> str:
    if how == "array":
        return json.dumps(tasks)
    # longer than what is looked at to tell the format
    return lines(*tasks[:1] * 30, *tasks)


@pytest.mark.parametrize("how", ["array", "lines"])
def test_label_studio_remarks_and_other_controls_are_passed_over(how: str, read: Read) -> None:
    tasks = [
        task("甲", REMARK),
        task("乙", region("topic", "农业"), region("难度", "困难")),
        task("丙", region("难度", "容易")),
        task("丁", region("second", "文旅"), region("难度", "困难")),
    ]
    found = read(written(tasks, how))
    assert found.problems == ()
    assert {one.text: (one.labels, one.confirmed) for one in found.decisions} == {
        "甲": ((), True),
        "乙": (("farming",), True),
        "丙": ((), True),
        "丁": (("tourism",), True),
    }


def test_label_studio_unknown_choices_are_bad_rows_still(read: Read) -> None:
    found = read(json.dumps([task("甲", region("topic", "农业")), task("乙", region("topic", "渔业"))]))
    assert "task 2: no label is called '渔业'" in found.problems[0]
    alone = read(json.dumps([task("甲", region("topic", "渔业")), task("乙", region("难度", "困难"))]))
    assert len(alone.problems) == 2  # no control holds labels: nothing tells which one should
    (ours,) = read(json.dumps([task("甲", SPAN, REMARK)])).decisions
    assert (ours.judged, [one.labels for one in ours.sentences]) == (False, [("farming",)])
    strange = {**SPAN, "value": {"labels": ["人名"], "start": 0, "end": 1}}
    spans = read(json.dumps([task("甲", strange, REMARK)]))
    assert "result holds no choices but 'labels'" in spans.problems[0]


def test_label_studio_choices_nested_without_end_are_a_bad_row(read: Read) -> None:
    found = read(json.dumps([task("甲", region("topic", "农业"))]).replace('"\\u519c\\u4e1a"', "[" * 900 + "]" * 900))
    assert "task 1: a choice must be a name" in found.problems[0]


def test_label_studio_min_with_a_second_control(read: Read) -> None:
    keys = {"annotator": 1, "annotation_id": 2}
    found = read(
        json.dumps(
            [
                {"text": "甲", "topic": "农业", "难度": "困难", **keys},
                {"text": "乙", "难度": "容易", **keys},
                {"text": "丙", "topic": "渔业", **keys},
            ]
        )
    )
    assert {one.text: one.labels for one in found.decisions} == {"甲": ("farming",), "乙": ()}
    assert "no label is called '渔业'" in found.problems[0]
    unclear = read(json.dumps([{"text": "甲", "topic": "渔业", "难度": "困难", **keys}]))
    assert "topic, 难度" in unclear.problems[0]


@pytest.mark.parametrize("opening", ["[摘要] 全县上下", "{附件} 名单", "[1, 2]"])
def test_fasttext_may_begin_with_a_bracket(opening: str, read: Read) -> None:
    found = read(f"{opening}\n__label__农业 甲\n")
    assert (found.title, found.problems) == ("fastText lines", ())
    assert [(one.text, one.labels, one.confirmed) for one in found.decisions] == [
        (opening, (), False),
        ("甲", ("farming",), True),
    ]


def test_a_table_may_speak_of_fasttext(read: Read) -> None:
    found = read('文本,标签\n"格式如下：\n__label__农业 甲",文旅\n__label__的用法,农业\n')
    assert (found.title, found.problems) == ("CSV", ())
    assert [one.labels for one in found.decisions] == [("tourism",), ("farming",)]


DIVIDED = taxonomy_from(
    {
        "label": [
            {"id": "green", "zh": "生态、环保", "en": "nature, air"},
            {"id": "air", "zh": "环保", "en": "air"},
            {"id": "talent", "zh": "科技#人才", "en": "talent|skills"},
        ]
    },
    "test",
)


@pytest.mark.parametrize("format_", sorted(WRITERS))
def test_names_that_hold_a_divider_come_back(format_: str, tmp_path: Path) -> None:
    labels = [("green",), ("talent", "green", "air"), ("air", "green"), ()]
    some = [Decision(given, f"第{number}段") for number, given in enumerate(labels)]
    path = tmp_path / "labels.dat"
    path.write_bytes(export(some, format_, DIVIDED))
    found = read_labels(str(path), Names(DIVIDED))
    assert found.problems == ()
    assert [one.labels for one in found.decisions] == labels


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ("生态、环保，科技#人才", ("green", "talent")),
        ("环保、生态、环保", ("air", "green")),
        ("Nature, Air ; TALENT|SKILLS", ("green", "talent")),
        (" ，环保\n、", ("air",)),
    ],
)
def test_the_longest_known_name_in_a_cell_counts(cell: str, expected: tuple[str, ...]) -> None:
    assert Names(DIVIDED).read_cell(cell) == (expected, "")


def test_an_import_is_stored_though_somebody_decides_all_the_time(labels_folder: Path, read: Read) -> None:
    """Whoever decides faster than an import can be planned waits for it in the end; nobody is asked the same again."""
    session = LabelFolder(labels_folder).session({"kind": "review"})
    asked: list[int] = []

    def meanwhile(conflicts: Sequence[Conflict]) -> list[int]:
        asked.append(len(conflicts))
        assert len(asked) < 20, "never comes to an end"
        session.confirm(Decision(("tourism",), f"第{len(asked)}段，游客很多。"))
        return newest(conflicts)

    file = read("文本,标签\n秋粮入库。,农业\n第1段，游客很多。,农业\n")
    done = import_labels(LabelFolder(labels_folder), [file], meanwhile, False, {"kind": "import"})
    assert (done.stored, asked) == (2, [0, 1, 1])
    counts = {one.text: one.labels for one in read_corpus(labels_folder).paragraphs}
    assert counts["秋粮入库。"] == counts["第1段，游客很多。"] == ("farming",)
    assert counts["第3段，游客很多。"] == ("tourism",)
