"""Measure how whole paragraphs come out of PDFs: python scripts/measure_pdf.py [--keep FOLDER]

Makes documents of 30 paragraphs with LibreOffice (`soffice`), and with Chromium where it is installed, reads them, and prints for
each how many paragraphs come out as one block, how many characters are lost or doubled, and whether the order is right.
Beside it stands what pdfium's own text gives, cut as plain text is.
"""

import argparse
import random
import shutil
import subprocess
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2

from classifier.documents.document import CELL, Document
from classifier.documents.pdf import read_pdf
from classifier.text.split import split

_SUBJECTS = (
    "各乡镇",
    "县直各部门",
    "县招商局",
    "各级领导干部",
    "县民政局",
    "驻村工作队",
    "县市场监管局",
    "项目专班",
    "纪检监察机关",
    "各村党支部",
)
_VERBS = (
    "要抓紧落实",
    "持续推进",
    "认真梳理",
    "逐项对照",
    "全面排查",
    "统筹安排",
    "跟踪督办",
    "及时公开",
    "稳步提升",
    "主动对接",
)
_OBJECTS = (
    "招商引资重点项目", "12345热线反映的问题", "养老服务设施建设", "涉企审批事项", "农村饮水安全工程", "干部作风突出问题", "3个标准厂房项目",
    "城乡居民医保参保", "“一件事”集成办理", "2026年民生实事", "GDP和税收等指标", "老旧小区改造（二期）", "县级领导包联企业制度",
)  # fmt: skip
_ENDS = (
    "，确保按期完成",
    "，每月通报一次进度",
    "，不得推诿拖延",
    "，让群众得到实惠",
    "；责任落实到人",
    "，形成长效机制",
)
_LENGTHS = {"short": (8, 60), "middle": (60, 160), "long": (160, 520)}  # characters


def paragraphs(length: str, count: int = 30, seed: int = 0) -> list[str]:
    """Return paragraphs of a length, always the same ones."""
    chance = random.Random(f"{length}{seed}")  # noqa: S311 - no secret
    least, most = _LENGTHS[length]
    return [_paragraph(chance, chance.randint(least, most)) for _ in range(count)]


def _paragraph(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(_SUBJECTS) + chance.choice(_VERBS) + chance.choice(_OBJECTS) + chance.choice(_ENDS) + "。"
    return text.replace("；责任落实到人。", "；")[: length - 1].rstrip("，；。（“") + "。"


@dataclass(frozen=True)
class Layout:
    """How a document is set. `paragraph`, `page`: attributes of ODF properties; `columns`: side by side."""

    paragraph: str = 'fo:text-indent="32pt" fo:text-align="justify" fo:line-height="28pt"'
    furniture: bool = False
    columns: int = 1
    size: int = 16


PLAIN = Layout()
LEFT = Layout('fo:text-indent="32pt" fo:text-align="start" fo:line-height="28pt"')
SPACED = Layout('fo:text-align="justify" fo:line-height="24pt" fo:margin-bottom="10pt"')
HANGING = Layout('fo:margin-left="32pt" fo:text-indent="-32pt" fo:text-align="justify" fo:line-height="28pt"')
RUNNING = Layout(furniture=True)
NEWSPAPER = Layout(  # without hanging punctuation, which LibreOffice 7.4 cuts off where columns stand side by side
    'style:punctuation-wrap="simple" fo:text-indent="24pt" fo:text-align="justify" fo:line-height="18pt"', True, 2, 12
)

_NAMESPACES = " ".join(
    f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for short, name in (
        ("office", "office"),
        ("style", "style"),
        ("text", "text"),
        ("table", "table"),
        ("fo", "xsl-fo-compatible"),
    )
)


def flat_odt(body: str, layout: Layout) -> str:
    """Return a document of A4 pages with 28 characters of 16 points a line as flat OpenDocument."""
    furniture = (
        "<style:header><text:p>某县人民政府公报　2026年第3期</text:p></style:header>"
        '<style:footer><text:p text:style-name="F">— <text:page-number>1</text:page-number> —</text:p></style:footer>'
        if layout.furniture
        else ""
    )
    columns = f'<style:columns fo:column-count="{layout.columns}" fo:column-gap="24pt"/>' if layout.columns > 1 else ""
    font = f'style:font-name-asian="Noto Serif CJK SC" style:font-size-asian="{layout.size}pt" fo:font-size="{layout.size}pt"'
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document {_NAMESPACES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Noto Serif CJK SC" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" svg:font-family="'Noto Serif CJK SC'"/></office:font-face-decls>
<office:styles><style:style style:name="Standard" style:family="paragraph"><style:text-properties {font} fo:language="zh" fo:country="CN" style:language-asian="zh" style:country-asian="CN"/></style:style></office:styles>
<office:automatic-styles>
<style:style style:name="P" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:orphans="0" fo:widows="0" {layout.paragraph}/></style:style>
<style:style style:name="F" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="14pt" style:font-size-asian="14pt"/></style:style>
<style:style style:name="T" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="center"/><style:text-properties fo:font-size="22pt" style:font-size-asian="22pt"/></style:style>
<style:style style:name="R" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:text-align="end" fo:margin-right="64pt" fo:line-height="28pt"/></style:style>
<style:style style:name="L" style:family="paragraph" style:parent-style-name="Standard"><style:paragraph-properties fo:line-height="28pt"/></style:style>
<style:style style:name="C" style:family="table-cell"><style:table-cell-properties fo:border="0.5pt solid #000000" fo:padding="4pt"/></style:style>
<style:page-layout style:name="M"><style:page-layout-properties fo:page-width="595.3pt" fo:page-height="841.9pt" fo:margin-top="72pt" fo:margin-bottom="72pt" fo:margin-left="73.6pt" fo:margin-right="73.6pt">{columns}</style:page-layout-properties>
<style:header-style><style:header-footer-properties fo:min-height="30pt" fo:margin-bottom="10pt"/></style:header-style><style:footer-style><style:header-footer-properties fo:min-height="30pt" fo:margin-top="10pt"/></style:footer-style></style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="M">{furniture}</style:master-page></office:master-styles>
<office:body><office:text>{body}</office:text></office:body></office:document>"""


def as_body(texts: Sequence[str], style: str = "P") -> str:
    """Return paragraphs as ODF."""
    return "".join(f'<text:p text:style-name="{style}">{escape(text)}</text:p>' for text in texts)


def as_table(rows: Sequence[Sequence[str]]) -> str:
    """Return a table with ruling lines as ODF."""
    cells = (
        "".join(
            f'<table:table-cell table:style-name="C"><text:p>{escape(cell)}</text:p></table:table-cell>' for cell in row
        )
        for row in rows
    )
    lines = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f'<table:table table:name="T1"><table:table-column table:number-columns-repeated="{len(rows[0])}"/>{lines}</table:table>'


@dataclass(frozen=True)
class Made:
    """A document to be made: its name, its content as LibreOffice or Chromium takes it, and what must come out."""

    name: str
    content: str
    expected: Sequence[str]
    suffix: str = ".fodt"


def documents() -> Iterator[Made]:
    """Yield the documents that are measured."""
    for length in _LENGTHS:
        texts = paragraphs(length)
        for name, layout in (
            ("indented", PLAIN), ("ragged", LEFT), ("spaced", SPACED), ("hanging", HANGING), ("header, number", RUNNING),
            ("two columns", NEWSPAPER),
        ):  # fmt: skip
            yield Made(f"{length}, {name}", flat_odt(as_body(texts), layout), texts)
    yield _official()
    texts = paragraphs("middle", seed=2)
    yield Made(
        "two columns, title across",
        flat_odt(as_body(["全县重点工作推进情况"], "T") + as_body(texts), NEWSPAPER),
        ["全县重点工作推进情况", *texts],
    )
    rows = [
        ["序号", "责任单位", "工作任务"],
        *([str(n), f"县第{n}工作专班", text] for n, text in enumerate(paragraphs("middle", seed=3), 1)),
    ]
    yield Made("table over pages", flat_odt(as_table(rows), RUNNING), [CELL.join(row) for row in rows])
    page = "".join(f"<p>{escape(text)}</p>" for text in paragraphs("middle", seed=4))
    yield Made(
        "web page, printed", f"<meta charset=utf-8><title>要闻</title>{page}", paragraphs("middle", seed=4), ".html"
    )


def _official() -> Made:
    """Return a document in the layout of GB/T 9704-2012."""
    title, to = "关于进一步优化营商环境促进民营企业发展的实施意见", "各乡镇人民政府，县政府各部门："
    texts = paragraphs("middle", 26, seed=1)
    attached, signed, date, note = "附件：重点任务清单", "某县人民政府", "2026年6月1日", "（此件公开发布）"
    body = (
        as_body([title], "T") + as_body([to], "L") + as_body([*texts, attached])
        + as_body([signed, date], "R") + as_body([note])
    )  # fmt: skip
    return Made("official document", flat_odt(body, RUNNING), [title, to, *texts, attached, signed, date, note])


def to_pdf(made: Made, folder: Path) -> Path | None:
    """Return the document as a PDF in a folder; None where the program for it is not installed."""
    source = folder / f"{made.name.replace(', ', '-').replace(' ', '-')}{made.suffix}"
    source.write_text(made.content, encoding="utf-8")
    target = source.with_suffix(".pdf")
    if made.suffix == ".html":
        program = shutil.which("chromium") or shutil.which("google-chrome")
        options = ["--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={target}", str(source)]
    else:
        program = shutil.which("soffice")
        home = f"-env:UserInstallation=file://{folder}/office"
        options = [home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    if program is None:
        return None
    subprocess.run([program, *options], check=True, capture_output=True, timeout=180)
    return target


def _bare(text: str) -> str:
    return "".join(text.split())


def _whole(expected: Sequence[str], found: Sequence[str]) -> int:
    there = Counter(map(_bare, found))
    return sum((Counter(map(_bare, expected)) & there).values())


def measure(data: bytes, expected: Sequence[str]) -> str:
    """Return a row of the table."""
    reading = read_pdf(data, "x.pdf")
    texts = [block.text for block in reading.blocks if block.role != "furniture"]
    asked, given = Counter(_bare("".join(expected))), Counter(_bare("".join(texts)))
    lost, more = (asked - given).total(), (given - asked).total()
    places = [place for text in expected if (place := _place(_bare(text), [_bare(one) for one in texts])) is not None]
    order = "right" if places == sorted(places) else "WRONG"
    cut = [one.text for one in split(Document.of(reading, "x.pdf", "pdf"))]
    with pypdfium2.PdfDocument(data) as pdf:
        plain = "\n".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf)
    before = [one.text for one in split(Document("x", plain))]
    return f"{_whole(expected, texts)} of {len(expected)} | {_whole(expected, cut)} | {_whole(expected, before)} | {lost} | {more} | {order}"


def _place(text: str, found: Sequence[str]) -> int | None:
    return next((place for place, one in enumerate(found) if one == text), None)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keep", help="a folder in which the documents stay")
    kept = parser.parse_args().keep
    print(
        "| document | whole blocks | whole paragraphs after splitting | by pdfium's text | lost | more | order |\n|---|---|---|---|---|---|---|"
    )
    with tempfile.TemporaryDirectory() as work:
        folder = Path(kept or work).resolve()
        folder.mkdir(exist_ok=True)
        for made in documents():
            path = to_pdf(made, folder)
            print(f"| {made.name} | {measure(path.read_bytes(), made.expected) if path else 'not made'} |", flush=True)


if __name__ == "__main__":
    main()
