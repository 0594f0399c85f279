"""The look of the Word files: A4, built-in styles in Chinese fonts, page numbers below."""

from dataclasses import dataclass
from typing import Any

from classifier.errors import MissingExtraError

SONG, HEI = "宋体", "黑体"
_LATIN = "Times New Roman"
SOURCE, CONTENTS, CELL, CELL_HEADING = "Source", "TOC1", "Cell", "CellHeading"  # styles' ids


def new_document() -> Any:
    """Return an empty python-docx document with the styles of this package. Raises MissingExtraError without it."""
    try:
        from docx import Document  # noqa: PLC0415 - an extra
    except ImportError as error:
        raise MissingExtraError(
            'Word files need python-docx: pip install "local-government-classifier[documents]" (or write .html)'
        ) from error
    document = Document()
    _paper(document.sections[0])
    _defaults(document)
    styles = document.styles
    for name, look in _LOOKS.items():
        _apply(styles[name] if name in _BUILT_IN else _new(styles, name), look)
    _tab(styles["toc 1"], document.sections[0])
    _page_numbers(document.sections[0])
    return document


def _paper(section: Any) -> None:
    from docx.shared import Cm  # noqa: PLC0415 - an extra

    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.8)
    section.top_margin, section.bottom_margin = Cm(2.7), Cm(2.5)


def width(section: Any) -> int:
    """Return how wide a section's text is, in twentieths of a point."""
    return int((section.page_width - section.left_margin - section.right_margin) / 635)


def _defaults(document: Any) -> None:
    """Make Chinese the language of the text: fonts for it are chosen, and lines break, by that."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - an extra

    properties = document.styles.element.find(f"{qn('w:docDefaults')}/{qn('w:rPrDefault')}/{qn('w:rPr')}")
    _fonts(properties, SONG)
    lang = properties.find(qn("w:lang"))
    lang.set(qn("w:eastAsia"), "zh-CN")


def _new(styles: Any, name: str) -> Any:
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - an extra

    found = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    found.base_style = styles["Normal"]
    found.element.set("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}styleId", _IDS[name])
    return found


@dataclass(frozen=True)
class _Look:
    """How a style looks: sizes and distances in points, `line` in lines, `indent` in characters."""

    font: str
    size: float
    before: float = 0
    after: float = 0
    line: float = 1.0
    indent: float = 0
    align: str = "LEFT"
    colour: str = "000000"


_BUILT_IN = {
    "Normal": _Look(SONG, 12, line=1.5),
    "Body Text": _Look(SONG, 12, after=3, line=1.5, indent=2),
    "Title": _Look(HEI, 22, before=60, after=12, align="CENTER"),
    "Subtitle": _Look(SONG, 11, after=3, align="CENTER"),
    "Heading 1": _Look(HEI, 16, before=18, after=8),
    "Heading 2": _Look(HEI, 13, before=12, after=6),
    "Heading 3": _Look(HEI, 12, before=8, after=4),
    "Heading 4": _Look(HEI, 12, before=6, after=3),
    "Heading 5": _Look(HEI, 12, before=6, after=3),
}
_LOOKS = _BUILT_IN | {
    "Source": _Look(SONG, 9, after=10, align="RIGHT", colour="595959"),
    "toc 1": _Look(SONG, 11, line=1.25),
    "Cell": _Look(SONG, 9),
    "Cell Heading": _Look(HEI, 9),
}
_IDS = {"Source": SOURCE, "toc 1": CONTENTS, "Cell": CELL, "Cell Heading": CELL_HEADING}


def _apply(style: Any, look: _Look) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - an extra
    from docx.shared import Pt, RGBColor  # noqa: PLC0415

    style.font.size, style.font.color.rgb = Pt(look.size), RGBColor.from_string(look.colour)
    style.font.bold = style.font.italic = False
    _fonts(style.element.get_or_add_rPr(), look.font)
    form = style.paragraph_format
    form.space_before, form.space_after, form.line_spacing = Pt(look.before), Pt(look.after), look.line
    form.first_line_indent = Pt(look.indent * look.size)
    form.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align)
    _without_border(style)


def _fonts(properties: Any, font: str) -> None:
    """Set the fonts of Chinese and of Latin letters; a theme's fonts would be taken in their place."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - an extra

    fonts = properties.get_or_add_rFonts()
    for name in list(fonts.attrib):
        del fonts.attrib[name]
    for name in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{name}"), _LATIN)
    fonts.set(qn("w:eastAsia"), font)


def _without_border(style: Any) -> None:
    """Take away the line under the title that python-docx's template brings."""
    from docx.oxml.ns import qn  # noqa: PLC0415 - an extra

    properties = style.element.get_or_add_pPr()
    for border in properties.findall(qn("w:pBdr")):
        properties.remove(border)


def _tab(style: Any, section: Any) -> None:
    """Put page numbers of the contents at the right, dots before them."""
    from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER  # noqa: PLC0415 - an extra
    from docx.shared import Twips  # noqa: PLC0415

    style.paragraph_format.tab_stops.add_tab_stop(Twips(width(section)), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def _page_numbers(section: Any) -> None:
    """Write the page's number below it: — 3 —."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - an extra
    from docx.oxml import parse_xml  # noqa: PLC0415
    from docx.oxml.ns import nsdecls  # noqa: PLC0415

    from classifier.extract.word.paragraphs import field, run  # noqa: PLC0415 - it needs no python-docx, this does

    below = section.footer.paragraphs[0]
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for one in parse_xml(f"<w:p {nsdecls('w')}>{run('— ')}{field('PAGE', '1')}{run(' —')}</w:p>"):
        below._p.append(one)  # noqa: SLF001 - python-docx knows no fields
