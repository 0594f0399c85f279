"""PDFs: what is left out of the text is said; what cannot be read at all is refused in one line."""

import sys
from types import SimpleNamespace

import pytest

from classifier.documents.document import Block, Reading
from classifier.documents.notes import Note
from classifier.documents.pdf import read_pdf
from classifier.documents.pdf.plausible import is_plausible
from classifier.errors import InputError
from tests.documents.pdf.files import File, at, lines, picture, set_text, turned

TEXT = "县招商局会同各乡镇逐户走访企业，帮助解决用地、用工、融资等实际困难，全年办结企业诉求三百余件，满意度稳步提升。"


def read(*pages: list[bytes], **more: object) -> Reading:
    return read_pdf(File(pages, **more).data(), "a.pdf")  # type: ignore[arg-type]


def body(y: float = 100) -> list[bytes]:
    return set_text(TEXT, 80, y, 26)[0]


@pytest.mark.parametrize(
    "form", ["— {} —", "- {} -", "{}", "第{}页", "第{}页 共3页", "第 {} 页，共 3 页", "{}/3", "Page {} of 3"]
)
@pytest.mark.parametrize("y", [60, 800])
def test_page_numbers_are_left_out(form: str, y: float) -> None:
    reading = read(*([at(280, y, form.format(n), 14), *body()] for n in (1, 2, 3)))
    assert list(reading.blocks) == [Block(TEXT, page=n) for n in (1, 2, 3)]
    assert list(reading.notes) == [Note("page_numbers", 3)]


def test_a_lone_page_number_of_one_page() -> None:
    assert list(read([*body(), at(290, 800, "7", 14)]).notes) == [Note("page_numbers", 1)]


def test_a_number_in_the_text_stays() -> None:
    """A year that stands alone in a line is no page number."""
    reading = read([at(280, 300, "2026", 16), *body(330)])
    assert [block.text for block in reading.blocks] == ["2026", TEXT]


def test_running_headers_stand_once_each() -> None:
    """Odd and even pages have their own; the number in one that counts pages makes no new one."""
    odd, even = "某县政务公报  第{}页", "政策文件"
    pages = [[at(100, 40, (even if n % 2 == 0 else odd).format(n), 10), *body()] for n in range(1, 7)]
    reading = read(*pages)
    assert [(block.text, block.page) for block in reading.blocks if block.role == "furniture"] == [
        ("某县政务公报 第1页", 1),
        ("政策文件", 2),
    ]
    assert list(reading.notes) == [Note("repeated_furniture", 4)]


def test_what_browsers_print_round_a_page_is_furniture() -> None:
    """Date and title above, address and number below, be it a single page."""
    reading = read([at(30, 25, "2026/3/2 09:05  要闻", 8), *body(), at(30, 825, "https://example.com/a  1/1", 8)])
    assert [(block.text, block.role) for block in reading.blocks] == [
        ("2026/3/2 09:05 要闻", "furniture"),
        ("https://example.com/a 1/1", "furniture"),
        (TEXT, "body"),
    ]


def test_characters_round_a_seal_are_furniture() -> None:
    seal = [turned(400, 300, one, 12, "song", (c, s, -s, c)) for one, c, s in (("县", 0.8, 0.6), ("印", 0.6, 0.8))]
    reading = read([*body(), *seal])
    assert [(block.text, block.role) for block in reading.blocks] == [("县印", "furniture"), (TEXT, "body")]


def test_the_same_page_twice_is_read_twice() -> None:
    """The first lines of two copies stand at one place, and are no running header."""
    reading = read(body(), body())
    assert list(reading.blocks) == [Block(TEXT, page=1), Block(TEXT, page=2)]
    assert not reading.notes


def test_a_heading_that_comes_again_at_the_head_of_a_page_stays() -> None:
    """附件1 and 附件2 stand at the same place of two pages, and are no running header."""
    reading = read([at(80, 80, "附件1"), *body()], [at(80, 80, "附件2"), *body()])
    assert [block.text for block in reading.blocks] == ["附件1", TEXT, "附件2", TEXT]
    assert not reading.notes


def test_pages_without_text_are_named() -> None:
    reading = read([picture()], body(), [picture(), at(80, 800, "扫描专用", 8)], [picture()], [])
    assert [block.text for block in reading.blocks] == [TEXT, "扫描专用"]
    assert list(reading.notes) == [Note("pages_without_text", 3, (1, 3, 4))]


def test_a_scan_cut_into_strips_is_a_scan() -> None:
    with pytest.raises(InputError, match=r"\[ocr\]"):
        read([picture(595, 8) for _ in range(9)])


def test_pages_without_text_are_recognised_where_that_is_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    def recognise(page: object, number: int) -> list[Block]:
        return [Block(f"识别第{number}页", page=number, recognised=True)]

    monkeypatch.setitem(sys.modules, "classifier.documents.ocr", SimpleNamespace(pdf_page_blocks=recognise))
    reading = read(body(), [picture(), at(80, 800, "扫描专用", 8)])
    assert list(reading.blocks) == [Block(TEXT, page=1), Block("识别第2页", page=2, recognised=True)]
    assert list(reading.notes) == [Note("recognised", 1, (2,))]


def test_where_recognition_finds_nothing_the_pages_own_characters_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "classifier.documents.ocr", SimpleNamespace(pdf_page_blocks=lambda *_: []))
    reading = read(body(), [picture(), at(80, 800, "扫描专用", 8)])
    assert [block.text for block in reading.blocks] == [TEXT, "扫描专用"]
    assert list(reading.notes) == [Note("pages_without_words", 1, (2,))]
    with pytest.raises(InputError, match="no text was found on the pages' pictures"):
        read([picture()])


def test_a_scan_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "classifier.documents.ocr", None)
    with pytest.raises(InputError, match=r"^a\.pdf: the PDF has no text layer.*\[ocr\]"):
        read([picture()])


def test_a_page_whose_font_says_no_characters_is_read_by_recognition_only() -> None:
    glyphs = turned(80, 100, "\u1234\u2345\u3456\u4567", 16, "odd", (1, 0, 0, 1))
    reading = read(body(), [glyphs])
    assert list(reading.blocks) == [Block(TEXT, page=1)]
    assert list(reading.notes) == [Note("pages_without_text", 1, (2,)), Note("glyphs_without_characters", 4, (2,))]


def test_single_glyphs_without_characters_are_counted() -> None:
    """Bullets from a symbol font, for instance; one that is drawn by itself pdfium does not even tell of."""
    reading = read([turned(80, 90, "\u1234\u1235", 16, "odd", (1, 0, 0, 1)), *body()])
    assert [block.text for block in reading.blocks] == [TEXT]
    assert list(reading.notes) == [Note("glyphs_without_characters", 2, (1,))]


def test_text_off_the_page_is_left_out() -> None:
    reading = read([*body(), at(700, 100, "页外")])
    assert [block.text for block in reading.blocks] == [TEXT]
    assert list(reading.notes) == [Note("hidden_text", 2, (1,))]


def test_text_across_the_page_is_furniture() -> None:
    """A watermark stands on each page, and is read once."""
    across = turned(200, 500, "内部资料", 40, "hei", (0.7, 0.7, -0.7, 0.7))
    reading = read([*body(), across], [*body(), across])
    assert [(block.text, block.role) for block in reading.blocks] == [
        ("内部资料", "furniture"), (TEXT, "body"), (TEXT, "body"),
    ]  # fmt: skip
    assert list(reading.notes) == [Note("repeated_furniture", 1)]


def test_comments_and_pictures_are_counted() -> None:
    note = "/Annots [<< /Type /Annot /Subtype /Text /Rect [10 10 30 30] /Contents (ask again) >>]"
    reading = read([*body(), picture(200, 200)], extra=note)
    assert list(reading.notes) == [Note("pictures", 1, (1,)), Note("comments", 1, (1,))]


def test_an_empty_page_is_no_scan() -> None:
    with pytest.raises(InputError, match=r"^a\.pdf: the PDF has no text layer and no pictures"):
        read([])


def test_a_damaged_file_is_refused() -> None:
    with pytest.raises(InputError, match=r"^a\.pdf: cannot be read as a PDF"):
        read_pdf(b"%PDF-1.7\nnothing of it", "a.pdf")


@pytest.mark.parametrize("cut", range(0, 2000, 97))
def test_a_file_that_is_cut_off_is_read_or_refused(cut: int) -> None:
    data = File([body(), lines(80, 100, [TEXT[:20]])]).data()
    try:
        reading = read_pdf(data[: len(data) - cut], "a.pdf")
    except InputError as error:
        assert str(error).startswith("a.pdf: ")  # noqa: PT017 - either outcome is right
    else:
        assert reading.blocks


def test_codes_that_are_characters_are_read_though_the_font_does_not_say_so() -> None:
    """Some programs write Unicode as codes of a font without a table; numbers of glyphs look like no language."""
    codes = turned(80, 100, "全县项目建设现场会召开2026", 16, "odd", (1, 0, 0, 1))
    assert [block.text for block in read([codes]).blocks] == ["全县项目建设现场会召开2026"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("优化营商环境，3月", True),
        ("The county office", True),
        ("ᄒ⋴㐃亍丂", False),
        ("WKH FRXQWB RIILFH", False),
        ("", True),
    ],
)
def test_plausible_text(text: str, said: bool) -> None:
    assert is_plausible(text) is said
