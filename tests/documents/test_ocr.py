"""Pictures: their text comes out, marked as recognised; what is unsure or empty is said; a second run is quick."""

import sys
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest

from classifier.documents.document import Block
from classifier.documents.layout.blocks import blocks_of
from classifier.documents.notes import Note
from classifier.documents.ocr import cache, page, pdf_page_blocks, pictures, read_picture, reader
from classifier.documents.ocr.engine import Box
from classifier.documents.ocr.lines import RecognisedLine, RecognisedPage, mended
from classifier.documents.ocr.red import inks
from classifier.documents.ofd import read_ofd
from classifier.documents.progress import on_page
from classifier.documents.read import PICTURES, SUFFIXES
from classifier.errors import InputError, MissingExtraError
from tests.documents.making_ofd import NAMESPACE, lines, members, packed
from tests.documents.making_ofd import page as page_of
from tests.documents.making_pictures import drawn, saved

LINES = [
    "\u3000\u3000本月起，全县推行企业开办一日办结，申请人只需进",
    "一扇门、跑一次腿。",
    "\u3000\u3000各窗口不得要求重复提交材料。",
]
PARAGRAPHS = ["本月起，全县推行企业开办一日办结，申请人只需进一扇门、跑一次腿。", "各窗口不得要求重复提交材料。"]


@pytest.fixture(autouse=True)
def own_cache(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv(cache.OFF, raising=False)
    monkeypatch.setenv("CLASSIFIER_HOME", str(tmp_path))
    return tmp_path / "cache" / "ocr"


def test_text_on_a_picture_is_read_in_paragraphs() -> None:
    reading = read_picture(saved(drawn(LINES)), "a.png")
    assert reading.blocks == [Block(one, page=1, recognised=True) for one in PARAGRAPHS]
    assert list(reading.notes) == [Note("recognised", 1, (1,))]


def test_a_red_heading_is_kept_and_a_seal_over_text_vanishes() -> None:
    reading = read_picture(saved(drawn(LINES, red="清溪县政府文件", seal=True), "JPEG", quality=60), "a.jpg")
    assert [one.text for one in reading.blocks] == ["清溪县政府文件", *PARAGRAPHS]
    assert Note("seals", 1, (1,)) in reading.notes


@pytest.mark.parametrize("degrees", [90, 180, 2])
def test_a_page_that_lies_askew_is_read(degrees: int) -> None:
    turned = drawn(LINES).rotate(degrees, expand=True, fillcolor="white")
    assert [one.text for one in read_picture(saved(turned), "a.png").blocks] == PARAGRAPHS


def test_the_pages_of_a_tiff_file_are_read_told_of_and_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    """A sentence goes on over the page; the second time nothing is recognised anew."""
    first, second = drawn(LINES[:1]), drawn(LINES[1:])
    data = saved(first, "TIFF", save_all=True, append_images=[second], compression="tiff_deflate")
    told: list[tuple[str, int, int | None]] = []
    with on_page(lambda *what: told.append(what)):
        reading = read_picture(data, "a.tif")
    assert [(one.text, one.page) for one in reading.blocks] == [(PARAGRAPHS[0], 1), (PARAGRAPHS[1], 2)]
    assert told == [("a.tif", 1, 2), ("a.tif", 2, 2)]
    monkeypatch.setattr(reader, "recognise", None)
    assert read_picture(data, "b.tif") == reading


def test_a_page_of_a_pdf_is_drawn_and_read() -> None:
    pdfium = pytest.importorskip("pypdfium2")
    with pdfium.PdfDocument(saved(drawn(LINES), "PDF", resolution=200)) as pdf:
        sheet = pdf[0]
        assert pdf_page_blocks(sheet, 4) == [Block(one, page=4, recognised=True) for one in PARAGRAPHS]
        sheet.close()


def test_a_picture_without_text_is_an_error_that_says_so() -> None:
    with pytest.raises(InputError, match=r"^a.png: no text was found on the picture"):
        read_picture(saved(drawn([])), "a.png")


@pytest.mark.parametrize(
    "data", [b"\x89PNG\r\n\x1a\n" + bytes(90), b"\xff\xd8\xff\xe0" + bytes(90), b"II*\0" + bytes(90)]
)
def test_a_damaged_picture_is_an_error_that_names_it(data: bytes) -> None:
    pytest.importorskip("rapidocr")
    with pytest.raises(InputError, match=r"^a.png: cannot be read as a picture"):
        read_picture(data, "a.png")


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "rapidocr", None)
    with pytest.raises(MissingExtraError, match=r"^a.png: reading scans and pictures .*\[ocr\]"):
        read_picture(b"", "a.png")


# --- files of pictures


def frames(data: bytes) -> list[tuple[int, ...]]:
    numbers = pictures.page_numbers(data, "a")
    return [one.shape for one in pictures.pages(data, "a", numbers)]


def test_pages_of_points_are_upright_and_on_white() -> None:
    image = pytest.importorskip("PIL.Image")
    see_through = saved(image.new("RGBA", (4, 2), (0, 0, 0, 0)))
    assert [one.tolist() for one in pictures.pages(see_through, "a", [0])] == [[[[255] * 3] * 4] * 2]
    deep = saved(image.fromarray(np.array([[0, 65535]], dtype=np.uint16)))
    assert [one[0].tolist() for one in pictures.pages(deep, "a", [0])] == [[[0] * 3, [255] * 3]]
    exif = image.Exif()
    exif[0x0112] = 6  # the camera was held upright
    assert frames(saved(image.new("RGB", (40, 20), "white"), "JPEG", exif=exif)) == [(40, 20, 3)]
    assert frames(saved(image.new("1", (40, 20), 1), "TIFF")) == [(20, 40, 3)]


def test_a_file_of_too_many_points_or_pages_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    image = pytest.importorskip("PIL.Image")
    small = image.new("1", (40, 20), 1)
    several = saved(small, "TIFF", save_all=True, append_images=[small, small])
    monkeypatch.setattr(pictures, "_MOST_PAGES", 2)
    with pytest.raises(InputError, match=r"^a: holds more than 2 pages"):
        frames(several)
    monkeypatch.setattr(pictures, "_MOST_POINTS", 700)
    with pytest.raises(InputError, match=r"^a: a page has more than"):
        frames(saved(small))


# --- red ink


def test_red_ink_is_parted_from_black() -> None:
    pytest.importorskip("cv2")
    sheet = np.full((1600, 1200, 3), 255, dtype=np.uint8)
    sheet[100:160, 300:900] = (214, 26, 32)  # a heading
    y, x = np.mgrid[:1600, :1200]
    ring = np.abs(np.hypot(y - 1100, x - 800) - 120) < 8
    sheet[ring] = (214, 26, 32)
    sheet[1090:1100, 600:1000] = 0  # text under the seal
    found = inks(sheet)
    assert found.seals == 1
    assert found.red is not None
    assert (found.black[ring & (y > 1110)] == 255).all()
    assert (found.black[1095, 600:1000] == 0).all()
    assert (found.red[130, 300:900] < 60).all()
    assert (found.red[900:1300] == 255).all()


def test_a_page_without_red_ink_is_left_as_it_is() -> None:
    sheet = np.full((90, 90, 3), 200, dtype=np.uint8)
    found = inks(sheet)
    assert (found.black is sheet, found.red, found.seals) == (True, None, 0)


# --- a page, its boxes and lines given


def fake(monkeypatch: pytest.MonkeyPatch, boxes: list[Box], read: dict[int, tuple[str, float]]) -> None:
    """Have the models find `boxes` and read each by the height at which it was cut out."""
    monkeypatch.setattr(page, "detect", lambda picture: boxes)
    monkeypatch.setattr(page, "read_lines", lambda crops: [read[one.shape[0]] for one in crops])


def test_lines_are_placed_noise_is_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    boxes = [Box(100, 50, 160, 20, 0), Box(100, 90, 160, 22, 0), Box(30, 120, 9, 8, 0)]
    fake(monkeypatch, boxes, {20: ("第一行文字", 0.99), 22: ("糊成一片", 0.2), 8: ("、", 0.1)})
    found = page.recognise(np.full((200, 200, 3), 255, dtype=np.uint8))
    assert found == RecognisedPage(200, 200, (RecognisedLine("第一行文字", 0.99, 100, 50, 160, 20),), 0, 1)


def test_nothing_but_lines_read_with_a_doubt_is_noted() -> None:
    line = RecognisedLine("压缩审批时限", 0.99, 300, 100, 300, 50)
    pages = [
        (1, RecognisedPage(600, 800, (line, replace(line, y=200, score=0.7)), seals=1, unread=2)),
        (2, RecognisedPage(600, 800, ())),
    ]
    assert reader.recognition_notes(pages) == [
        Note("recognised", 1, (1,)),
        Note("unsure_lines", 1, (1,)),
        Note("unread_lines", 2, (1,)),
        Note("seals", 1, (1,)),
        Note("pages_without_words", 1, (2,)),
    ]


def test_columns_are_read_one_after_the_other_whatever_the_order_of_the_lines() -> None:
    """A recogniser gives lines row by row."""

    def line(text: str, left: float, y: float) -> RecognisedLine:
        width = 40 * len(text) + 12
        return RecognisedLine(text, 0.99, left + width / 2, y, width, 52)

    left = ["雨水多的年份要早清淤", "河道巡查每周不少两次", "险段专人日夜轮流值守"]
    right = ["水库蓄水不得超过汛限", "下泄之前先通知到农户", "转移路线贴在每家门上"]
    lines = [line(one, x, 200 + 70 * i) for i in range(3) for one, x in ((left[i], 100), (right[i], 620))]
    blocks, _ = blocks_of([RecognisedPage(1200, 1600, tuple(lines)).placed(1)])
    assert "".join(one.text for one in blocks) == "".join(left + right)
    assert all(one.recognised for one in blocks)


def test_a_larger_line_is_a_heading_by_its_width_or_height() -> None:
    body = [RecognisedLine("照此抓好工作落实到位", 0.99, 300, 200 + 70 * i, 412, 52) for i in range(4)]
    title = RecognisedLine("关于修路的通知", 0.99, 300, 100, 7 * 60 + 18, 78)
    blocks, _ = blocks_of([RecognisedPage(600, 800, (title, *body)).placed(1)])
    assert blocks[0] == Block("关于修路的通知", "heading", page=1, recognised=True)


@pytest.mark.parametrize(
    ("read", "meant"),
    [
        ("(一）加快", "（一）加快"),
        ("（二)加快", "（二）加快"),
        ("(3)加快", "(3)加快"),
        ("（四）", "（四）"),
        ("见)", "见)"),
    ],
)
def test_brackets_of_two_widths_are_of_one(read: str, meant: str) -> None:
    assert mended(read) == meant


# --- the cache

WHITE = np.full((4, 4, 3), 255, dtype=np.uint8)
PAGE = RecognisedPage(4, 4, (RecognisedLine("字", 0.9, 1, 2, 3, 4),), 1, 2)


def test_a_page_is_recognised_once(own_cache: Path) -> None:
    pytest.importorskip("rapidocr")
    asked: list[int] = []

    def recognise(picture: np.ndarray) -> RecognisedPage:
        asked.append(len(picture))
        return PAGE

    assert [cache.kept(WHITE, recognise) for _ in range(3)] == [PAGE] * 3
    assert cache.kept(WHITE.reshape(2, 8, 3), recognise) == PAGE
    assert asked == [4, 2]
    for one in own_cache.glob("*.json"):  # damaged: recognised again
        one.write_bytes(b'{"lines": 3}')
    cache.kept(WHITE, recognise)
    assert asked == [4, 2, 4]


def test_the_cache_can_be_turned_off(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(cache.OFF, "1")
    assert cache.kept(WHITE, lambda picture: PAGE) == PAGE
    assert not own_cache.exists()


def test_the_cache_does_not_grow_without_end(own_cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("rapidocr")
    monkeypatch.setattr(cache, "_MOST", 6)
    monkeypatch.setattr(cache, "_PRUNED_TO", 3)
    for i in range(9):
        cache.kept(np.full((4, 4, 3), i, dtype=np.uint8), lambda picture: PAGE)
    assert 3 <= len(list(own_cache.glob("*.json"))) <= 6


def test_a_disk_that_takes_nothing_is_no_error(own_cache: Path) -> None:
    pytest.importorskip("rapidocr")
    own_cache.parent.write_text("a file where the folder should be", encoding="utf-8")
    assert cache.kept(WHITE, lambda picture: PAGE) == PAGE


def test_folders_hold_pictures_only_where_they_can_be_read() -> None:
    installed = bool(find_spec("rapidocr") and find_spec("onnxruntime"))
    assert (PICTURES <= SUFFIXES) == installed
    assert installed or not PICTURES & SUFFIXES


def test_a_scan_inside_an_ofd_file_is_read() -> None:
    """Text pages and scanned pages stand in one document; a sentence may go on from one into the other."""
    scan = '<ofd:ImageObject ID="1" Boundary="0 0 210 297" CTM="210 0 0 297 0 0" ResourceID="4"/>'
    media = (
        f'<ofd:Res {NAMESPACE} BaseLoc="Res"><ofd:MultiMedias><ofd:MultiMedia ID="4" Type="Image">'
        "<ofd:MediaFile>a.png</ofd:MediaFile></ofd:MultiMedia></ofd:MultiMedias></ofd:Res>"
    )
    parts = members(page_of(lines("第一页有字。")), page_of(scan), common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>")
    data = packed({**parts, "Doc_0/Res.xml": media, "Doc_0/Res/a.png": saved(drawn(LINES))})
    reading = read_ofd(data, "a.ofd")
    assert [(one.text, one.page, one.recognised) for one in reading.blocks] == [
        ("第一页有字。", 1, False),
        *((one, 2, True) for one in PARAGRAPHS),
    ]
    assert list(reading.notes) == [Note("recognised", 1, (2,))]
