"""What the library says is wrong, as it reads on the Chinese pages: every message is provoked, none is copied here."""

import gzip
import io
import json
import re
import zipfile
from collections.abc import Iterable
from pathlib import Path

import httpx2
import pytest
from fastapi.testclient import TestClient
from openpyxl.worksheet.worksheet import Worksheet
from playwright.sync_api import Browser, expect

from classifier.errors import ClassifierError
from classifier.labelling.corpus import read_decisions
from classifier.model.settings import Settings as Training
from classifier.model.store import current, open_model, versions
from classifier.training.comparison import Comparison, Difference
from classifier.training.load_labels import gather
from classifier.training.promotion import judge, reason
from classifier.training.train import check_enough
from classifier.web.i18n.texts import texts
from classifier.web.settings import Settings
from tests.browsing import sound_page
from tests.labelling.exchange.making_corrections import answers, as_csv, book, changed, put, table
from tests.other_programs import needs_chromium
from tests.tables.workbooks import Hidden, xls
from tests.web.conftest import TEXT, open_text, serving

_ENGLISH = re.compile(
    r"[A-Za-z]+(?:[,;:]? [A-Za-z]+){2,}"
)  # a run of words; file names here hold none, nor do versions


def read_in_chinese(messages: Iterable[str]) -> list[str]:
    """Return how messages read; each must have become Chinese."""
    shown = []
    for message in messages:
        said = texts("zh").sentence(message)
        assert not _ENGLISH.search(said), f"{message!r} reads {said!r}"
        assert re.search(r"[一-鿿]", said), f"{message!r} reads {said!r}"
        shown.append(said)
    return shown


def refused(answer: httpx2.Response) -> str:
    """Return what an answer says is wrong."""
    assert answer.status_code >= 400, answer.text
    return str(answer.json()["detail"])


def archive(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/"), text)
    return stream.getvalue()


def open_file(client: TestClient, name: str, data: bytes) -> str:
    return refused(client.post("/api/sheets", files={"file": (name, data)}))


def import_file(client: TestClient, name: str, data: bytes | str, **options: str) -> str:
    content = data.encode() if isinstance(data, str) else data
    return refused(client.post("/api/labels/import", files={"file": (name, content)}, data=options))


def test_documents_that_cannot_be_opened(client: TestClient) -> None:
    damaged = archive(word__document="x")
    shown = read_in_chinese(
        [
            open_file(client, "空.txt", b" \n"),
            open_file(client, "空.html", b"<html><body></body></html>"),
            open_file(client, "旧.doc", bytes.fromhex("d0cf11e0a1b11ae1")),
            open_file(client, "表.xlsx", archive(xl__workbook="x")),
            open_file(client, "假.docx", TEXT.encode()),
            open_file(client, "坏.docx", damaged),
            open_file(client, "断.docx", damaged[:-30]),
            open_file(client, "坏.pdf", b"%PDF-1.4 and nothing"),
            open_file(client, "图.txt", bytes(range(256)) * 40),
            open_file(client, "乱.txt", b"\xff\xfe\x00"),
            open_file(client, "码.txt", b"\xff\xfe" + bytes(range(3, 256)) * 5),
            open_file(client, "长.txt", b"long " * 1_000_001),
            refused(client.post("/api/sheets", data={"text": " "})),
        ]
    )
    assert shown[0] == "空.txt：文件是空的，没有可标注的内容"
    assert shown[11].startswith("长.txt：超过 5,000,000 字")


def test_archives_and_what_is_in_them(client: TestClient) -> None:
    locked = bytearray(archive(a="稻田"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        locked[locked.index(mark) + place] |= 1
    sealed = {"META-INF__manifest.xml": "<m><encryption-data/></m>", "content.xml": "x"}
    text, book = "application/vnd.oasis.opendocument.text", "application/epub+zip"
    shown = read_in_chinese(
        [
            open_file(client, "两个.zip", archive(a="稻田", b="麦田")),
            open_file(client, "空.zip", archive(a="")),
            open_file(client, "锁.zip", bytes(locked)),
            open_file(client, "包.rar", b"Rar!\x1a\x07\x01\0" + b"x" * 80),
            open_file(client, "锁.odt", archive(mimetype=text, **sealed)),
            open_file(client, "坏.odt", archive(mimetype=text, **{"content.xml": "<a>"})),
            open_file(client, "缺.odt", archive(mimetype=text)),
            open_file(client, "表.odt", archive(mimetype=text, **{"content.xml": "<a/>"})),
            open_file(client, "坏.epub", archive(mimetype=book)),
        ]
    )
    assert shown[0] == "两个.zip：压缩包里有 2 个文件，这里一次只能打开一个；请解压后逐个打开，或用命令行处理整个压缩包"
    assert shown[1] == "空.zip：压缩包里的 1 个文件都读不了：空.zip/a：文件是空的，没有可标注的内容"


def test_the_only_document_of_an_archive_is_opened(client: TestClient) -> None:
    opened = client.post("/api/sheets", files={"file": ("包.zip", archive(**{"田.txt": TEXT}))})
    assert opened.status_code < 300, opened.text
    assert opened.json()["title"] == "包.zip/田.txt"


def test_files_of_labels_that_are_none(client: TestClient) -> None:
    files: list[tuple[str, bytes | str]] = [
        ("空.csv", b""),
        ("没有.csv", "文本,标签\n"),
        ("谜.txt", "春耕备耕。\n秋粮收购。\n"),
        ("包.zip", archive(labels="x")),
        ("断.zip", archive(labels="x")[:-9]),
        ("坏.xlsx", archive(xl__workbook="x")),
        ("旧.xls", bytes.fromhex("d0cf11e0a1b11ae1")),
        ("包.gz", gzip.compress(b"x")),
        ("引.csv", '文本,标签\n"水稻,农业\n'),
        ("坏.json", "[1, 2"),
        ("半.json", '{"data":\n'),
        ("重.csv", "文本,农业,farming\n水稻。,1,0\n"),
        ("混.csv", "文本,标签\n水稻收割,农业\n".encode() + "水稻插秧,农业\n".encode("gb18030")),
    ]
    read_in_chinese(import_file(client, name, data) for name, data in files)


def test_decisions_on_sentences_that_are_refused(client: TestClient) -> None:
    sheet, body = open_text(client), {"index": 0, "start": 0, "end": 9, "labels": []}
    address, other = f"/api/sheets/{sheet}/sentences", {"X-Client": "window-of-somebody"}
    beyond = refused(client.post(address, json=body | {"end": 999}))
    version = client.post(address, json=body).json()["version"]
    late = refused(client.post(address, json=body | {"labels": ["farming"]}, headers=other))
    client.post("/api/undo")
    gone = refused(client.post(address, json=body | {"labels": ["farming"], "version": version}, headers=other))
    shown = read_in_chinese([beyond, late, gone])
    assert shown[1] == "其间已有他人标注了这一句，您的标注未保存"


def test_rows_that_are_bad(client: TestClient) -> None:
    bad_lines = [
        '{"text": "", "labels": []}', '{"text": "稻田"}', '{"text": "稻田", "labels": 3}', "[]", "{",
        '{"text": "稻田", "labels": ["none", "farming"]}', '{"text": "稻田", "labels": ["farming"], "aside": "存疑"}',
        '{"text": "稻田", "labels": [], "aside": 3}', '{"words": {"稻田": "x"}, "labels": []}',
    ]  # fmt: skip
    choice = {"from_name": "a", "to_name": "b", "type": "choices"}
    results = [3, [{"type": "rectangle"}], [choice], [{**choice, "value": {"choices": 3}}]]
    tasks = [3, {"data": {"text": "稻田"}, "annotations": 3}, {"id": 5, "data": {}}]
    tasks += [{"id": 7, "data": {"text": "稻田"}, "annotations": [{"result": one}]} for one in results]
    old = '{"text": "稻田", "annotations": [{"label": 1}]}\n{"text": "稻田", "label": [[0, 1, "x"]]}\n'
    table = "文本,标签\n坏行。,没有这个标签\n稻田。,农业,多,了\n稻田。,[农业\n" + "坏行。,不知道\n" * 30
    shown = read_in_chinese(
        [
            import_file(client, "行.jsonl", '{"text": "稻田", "labels": []}\n' + "\n".join(bad_lines)),
            import_file(client, "务.json", json.dumps(tasks)),
            import_file(client, "旧.jsonl", old),
            import_file(client, "快.txt", "__label__农业 稻田 __label__文旅\n"),
            import_file(client, "表.csv", table),
        ]
    )
    first, *rest = shown[-1].splitlines()
    assert "有 33 行" in first
    assert (
        rest[0]
        == "表.csv：第 2 行：没有名为“没有这个标签”的标签；可用的有：farming (农业), tourism (文旅)、none (无主题)、存疑、废弃"
    )
    assert rest[-1] == "……另有 13 条"
    assert "行.jsonl：第 6 行：不是有效的 JSON（第 1 行第 2 列）" in shown[0].splitlines()


def test_a_cell_that_is_neither_yes_nor_no(client: TestClient) -> None:
    (shown,) = read_in_chinese([import_file(client, "一.csv", "文本,农业,文旅\n稻田。,1？,0\n景区。,是,否\n")])
    assert "一.csv：第 2 行：“农业”一列的“1？”看不懂：可写“是”（1, 是, " in shown


def test_a_table_to_correct_that_is_not_as_it_was(client: TestClient) -> None:
    def without(sheet: Worksheet) -> None:
        sheet.delete_cols([cell.value for cell in sheet[1]].index("given") + 1)

    written, long = book(), book(answers("粮" * 40_000))
    changes = [
        changed(written, put(1, "已核对", "看过")),
        changed(written, without),
        changed(written, put(1, "given", "")),
        changed(long, put(1, "已核对", "是")),
        changed(written, put(1, "正文", "别的。"), put(1, "已核对", "是")),
        changed(written, put(1, "已核对", "存疑"), put(1, "文旅", "是")),
    ]
    rows = table()
    rows[0]["primary"] = "tourism"
    said = [import_file(client, "核.xlsx", one) for one in changes] + [import_file(client, "核.csv", as_csv(rows))]
    noted = changed(written, put(1, "正文", "别的。"), lambda sheet: sheet.append(("张三",)))
    notes = client.post("/api/labels/import", files={"file": ("核.xlsx", noted)}).json()["notes"]
    assert len(notes) == 2
    shown = read_in_chinese([*said, *notes])
    assert "工作表 核对 第 2 行：“已核对/checked”一列的“看过”看不懂" in shown[0]


def test_what_an_import_passed_over(client: TestClient) -> None:
    head = ["文本", "标签", "农业", "密"]
    rows = [
        ["汇总"],
        head,
        ["稻田。", "农业", "", "x"],
        ["景区。", "文旅", "1", "x"],
        head,
        ['=DISPIMG("甲",1)', "农业", "", ""],
    ]
    book = xls({"甲": rows, "乙": rows, "丙": [["怎么填", "说明"]], "丁": [["另注", "说明"]]}, Hidden({"乙"}, {4}, {4}))
    text = "标题\n甲\n文本,标签\n" + "稻田。,农业\n文本,标签\n" * 7 + '"水稻。\n文本,农业\n水田。",农业\n'
    notes = [
        note
        for name, data in (("册.xls", book), ("表.csv", text.encode()))
        for note in client.post("/api/labels/import", files={"file": (name, data)}).json()["notes"]
    ]
    assert len(notes) == 10, notes
    shown = read_in_chinese(notes)
    assert not [one for one in shown if re.search(r"[a-z]{3}", one.removeprefix("册.xls").removeprefix("表.csv"))], (
        shown
    )
    assert "册.xls：工作表 甲 第 4 行是隐藏的，未读入" in shown


def test_labels_that_disagree(client: TestClient, workspace: Path) -> None:
    text = read_decisions(workspace / "labels").paragraphs[0].text
    open_text(client, f"{text}\n{TEXT}")
    table = f"文本,标签,标注人,日期\n{text},文旅,甲,2026-01-02\n{text},无,乙,2026-01-03\n"
    client.headers["Accept-Language"] = "zh-CN"
    said = import_file(client, "表.csv", table)
    shown = read_in_chinese([said])[0]
    assert "有 1 段的标签不一致" in shown
    assert "农业 (已存)" in shown
    assert "文旅 (表.csv：第 2 行，标注人 甲, 2026-01-02)" in shown
    assert "--on-conflict" not in texts("en").sentence(said)  # a page has no options of a command
    assert "--skip-bad" not in texts("en").sentence(import_file(client, "坏.csv", "文本,标签\n水稻。,谁\n"))


def test_decisions_models_and_requests_refused(client: TestClient, workspace: Path) -> None:
    sheet = open_text(client)
    decide = f"/api/sheets/{sheet}/decisions"
    client.post("/api/labels/undo")
    messages = [
        refused(client.post("/api/undo")),
        refused(client.post("/api/labels/undo")),
        refused(client.post(decide, json={"index": 99})),
        refused(client.post(decide, json={"index": 0, "labels": ["health"]})),
        refused(client.post(decide, json={"index": 0, "labels": ["farming"], "aside": "doubtful"})),
        refused(client.post(decide, json={"index": 0, "by": "长" * 101})),
        refused(client.post(decide, json={"index": -1, "more": 1})),
        refused(client.post("/api/labels/decisions", json={"key": "0" * 24})),
        refused(client.post("/api/labels/import", data={"by": "甲"})),
        import_file(client, "表.csv", "文本,标签\n稻田。,农业\n", on_conflict="谁"),
        refused(client.post("/api/models/nonsense/promote")),
        refused(client.post("/api/models/rollback")),
        refused(client.post("/api/training/cancel")),
        refused(client.post("/api/undo", headers={"Origin": "http://evil.example"})),
        refused(client.post("/api/undo", headers={"Host": "evil.example"})),
        refused(client.get("/api/nothing")),
        refused(client.put("/api/undo")),
    ]
    client.delete(f"/api/sheets/{sheet}")
    messages += [refused(client.post(decide, json={"index": 0})), refused(client.delete(f"/api/sheets/{sheet}"))]
    messages.append(refused(client.post("/api/queue")))
    other = next(one for one in versions(workspace / "models") if one != current(workspace / "models"))
    (workspace / "models" / other / "manifest.json").write_text("{", encoding="utf-8")
    messages.append(refused(client.post(f"/api/models/{other}/promote")))
    (workspace / "labels" / "paragraphs" / "small.jsonl").write_text('{"text": "稻田", "labels": ["x"]}\n', "utf-8")
    messages += read_decisions(workspace / "labels").damage
    decided = {"index": 1, "labels": [], "version": "0000000000000000"}
    sheet = open_text(client)
    messages.append(refused(client.post(f"/api/sheets/{sheet}/decisions", json=decided)))
    assert client.post(f"/api/sheets/{sheet}/decisions", json={"index": 1, "labels": []}).status_code == 200
    messages.append(refused(client.post(f"/api/sheets/{sheet}/decisions", json={"index": 1, "labels": ["farming"]})))
    messages.append(refused(client.post("/api/models/rollback", params={"in_use": "older"})))
    shown = read_in_chinese(messages)
    assert shown[2] == "此页有 4 段，从 0 数起"
    assert "nonsense" in shown[10]


def test_who_has_no_token_and_who_sends_too_much(workspace: Path) -> None:
    with serving(Settings(labels=workspace / "labels", token="long-enough-to-be-a-token")) as client:
        read_in_chinese([refused(client.post("/api/undo"))])
    with serving(Settings(labels=workspace / "labels", body_limit=1000)) as client:
        assert "超过 1,000 字节" in read_in_chinese([open_file(client, "长.txt", TEXT.encode() * 20)])[0]


def test_a_training_with_too_few_labels(client: TestClient, workspace: Path) -> None:
    folder = workspace / "labels"
    file = folder / "paragraphs" / "small.jsonl"
    rows = file.read_text(encoding="utf-8").splitlines(keepends=True)
    messages = []
    for kept in ([], rows[:3]):
        file.write_text("".join(kept), encoding="utf-8")
        with pytest.raises(ClassifierError) as refusal:
            check_enough(gather([folder]).corpus, Training())
        messages.append(str(refusal.value))
    file.write_text("".join(row for row in rows if "tourism" not in row), encoding="utf-8")
    assert client.post("/api/training").status_code == 202
    told = [line[6:] for line in client.get("/api/training/events").text.splitlines() if line.startswith("data: ")]
    events = [json.loads(line) for line in told]
    messages += [one["message"] for one in events if one.get("event") == "failed"]
    shown = read_in_chinese(messages)
    assert len(shown) == 3
    assert "“文旅”（tourism）只有 0 段" in shown[2]
    read_in_chinese(one["step"] for one in events if one.get("event") == "step")


def test_which_model_is_better(workspace: Path) -> None:
    folder = workspace / "models"
    first, second = (
        open_model(folder / one) for one in sorted(versions(folder), key=lambda one: one != current(folder))
    )
    steps: list[str] = []
    found = [judge(second, [folder], steps.append), judge(first, [folder], steps.append)]
    (first.folder / "labels.jsonl.gz").write_bytes(b"x")
    found += [judge(second, [folder], steps.append), judge(second, [workspace / "none"], steps.append)]
    shown = read_in_chinese(one.why for one in found)
    read_in_chinese(steps)
    assert second.version not in shown[0]
    assert first.version in shown[0]
    outcomes = [(0.01, 0.03), (-0.01, 0.03), (-0.03, -0.01)]
    worse = Difference("tourism", 0.7, 0.6, -0.2, -0.1)
    compared = [
        Comparison("20260101-aaaaaa", "new", 1234, 5, Difference("macro-F1", 0.7, 0.71, *one), (worse,), ())
        for one in outcomes
    ]
    better, same, bad = read_in_chinese(reason(one, {"tourism": "文旅 tourism"}) for one in compared)
    assert better.startswith("比 20260101-aaaaaa 更好：在没见过的 1,234 段上")
    assert "0.710，原为 0.700" in same
    assert same.endswith("变差：文旅")
    assert bad.startswith("比 20260101-aaaaaa 差")


@needs_chromium
def test_the_browser_says_the_same(address: str, browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> None:
    file = tmp_path_factory.mktemp("upload") / "坏.docx"
    file.write_bytes(b"PK\x03\x04")
    many = "nothing was imported, for 2 rows or files are bad (--skip-bad keeps the others):\n"
    many += "表.csv: line 3: text is missing or empty\n表.csv: line 4: labels are missing; [] says none\n… and 7 more"
    messages = [many, "it is in use already", "storing 20260101-aaaaaa", "close call: 农业 (52%), a rare label (4)"]
    with sound_page(browser, locale="zh-CN") as page:
        page.goto(address)
        page.set_input_files("#files", file)
        expect(page.locator("#problems")).to_have_text("坏.docx：文件已损坏，请打开后重新保存")
        said = page.evaluate("async (all) => all.map((await import('/static/app.js')).sentence)", messages)
    assert said == [texts("zh").sentence(one) for one in messages]
