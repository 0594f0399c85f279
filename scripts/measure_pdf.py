"""Measure how whole paragraphs come out of PDFs: python scripts/measure_pdf.py [--keep FOLDER] [--seed 1] [--pages 500]

Makes documents of 30 paragraphs with LibreOffice (`soffice`), and with Chromium where it is installed, reads them, and
prints for each how many paragraphs come out as one block, how many characters are lost or come more than once, and
whether the order is right. Beside it stands what pdfium's own text gives, cut as plain text is. --pages measures
memory and time on a PDF of so many pages and on one of a quarter of them, each in a process of its own.
"""

import argparse
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path
from xml.sax.saxutils import escape

import pypdfium2
from flat_odt import Layout, as_body, as_table, flat_odt

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
    "招商引资重点项目", "12345热线反映的问题", "养老服务设施建设", "涉企审批事项",
    "农村饮水安全工程", "干部作风突出问题", "3个标准厂房项目", "城乡居民医保参保", "“一件事”集成办理",
    "2026年民生实事", "GDP和税收等指标", "老旧小区改造（二期）", "县级领导包联企业制度",
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


def _headings(seed: int) -> list[str]:
    chance = random.Random(f"headings{seed}")  # noqa: S311 - as above
    numbers = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十") * 3
    return [f"{number}、{chance.choice(_SUBJECTS)}{chance.choice(_VERBS)}" for number in numbers]


PLAIN = Layout()
LEFT = Layout('fo:text-indent="32pt" fo:text-align="start" fo:line-height="28pt"')
SPACED = Layout('fo:text-align="justify" fo:line-height="24pt" fo:margin-bottom="10pt"')
HANGING = Layout('fo:margin-left="32pt" fo:text-indent="-32pt" fo:text-align="justify" fo:line-height="28pt"')
RUNNING = Layout(furniture=True)
NEWSPAPER = Layout(  # without hanging punctuation, which LibreOffice 7.4 cuts off where columns stand side by side
    'style:punctuation-wrap="simple" fo:text-indent="24pt" fo:text-align="justify" fo:line-height="18pt"', True, 2, 12
)
PARAGRAPHS_OF = {  # in columns, with and without an indent, justified and ragged
    f"{columns} column{'s' * (columns > 1)}, {name}": Layout(
        f'style:punctuation-wrap="simple" fo:text-indent="{indent * size}pt" fo:text-align="{align}" '
        f'fo:line-height="{1.6 * size:g}pt"',
        columns=columns,
        size=size,
    )
    for columns, size in ((1, 16), (2, 12), (3, 10))
    for name, align, indent in (
        ("justified", "justify", 2), ("no indent", "justify", 0),
        ("ragged", "start", 2), ("ragged, no indent", "start", 0),
    )
}  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A document to be made: its name, its content as LibreOffice or Chromium takes it, and what must come out."""

    name: str
    content: str
    expected: Sequence[str]
    suffix: str = ".fodt"


def documents(seed: int = 0) -> Iterator[Made]:
    """Yield the documents that are measured; others for each seed."""
    for length in _LENGTHS:
        texts = paragraphs(length, seed=seed)
        for name, layout in (
            ("indented", PLAIN), ("ragged", LEFT), ("spaced", SPACED), ("hanging", HANGING),
            ("header, number", RUNNING), ("two columns", NEWSPAPER),
        ):  # fmt: skip
            yield Made(f"{length}, {name}", flat_odt(as_body(texts), layout), texts)
        for name, layout in PARAGRAPHS_OF.items():
            yield Made(f"{length}, {name}", flat_odt(as_body(texts), layout), texts)
    for name, layout in PARAGRAPHS_OF.items():
        texts = [text for pair in zip(_headings(seed), paragraphs("short", seed=seed), strict=True) for text in pair]
        yield Made(f"headings, {name}", flat_odt(as_body(texts), layout), texts)
    yield _official(seed + 1)
    texts = paragraphs("middle", seed=seed + 2)
    yield Made(
        "two columns, title across",
        flat_odt(as_body(["全县重点工作推进情况"], "T") + as_body(texts), NEWSPAPER),
        ["全县重点工作推进情况", *texts],
    )
    rows = [
        ["序号", "责任单位", "工作任务"],
        *([str(n), f"县第{n}工作专班", text] for n, text in enumerate(paragraphs("middle", seed=seed + 3), 1)),
    ]
    yield Made("table over pages", flat_odt(as_table(rows), RUNNING), [CELL.join(row) for row in rows])
    page = "".join(f"<p>{escape(text)}</p>" for text in paragraphs("middle", seed=seed + 4))
    yield Made(
        "web page, printed",
        f"<meta charset=utf-8><title>要闻</title>{page}",
        paragraphs("middle", seed=seed + 4),
        ".html",
    )


def _official(seed: int) -> Made:
    """Return a document in the layout of GB/T 9704-2012."""
    title, to = "关于进一步优化营商环境促进民营企业发展的实施意见", "各乡镇人民政府，县政府各部门："
    texts = paragraphs("middle", 26, seed=seed)
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
    bare = [_bare(text) for text in texts]
    places = [bare.index(text) for text in map(_bare, expected) if text in bare]
    cells = (
        f"{_whole(expected, texts)} of {len(expected)}",
        str(_whole(expected, [one.text for one in split(Document.of(reading, "x.pdf", "pdf"))])),
        str(_whole(expected, [one.text for one in split(Document("x", _text_of_pdfium(data)))])),
        str((asked - given).total()),
        str((given - asked).total()),
        "right" if places == sorted(places) else "WRONG",
    )
    return " | ".join(cells)


def _text_of_pdfium(data: bytes) -> str:
    with pypdfium2.PdfDocument(data) as pdf:
        return "\n".join(page.get_textpage().get_text_bounded().replace("\r\n", "\n") for page in pdf)


def measure_pages(folder: Path, count: int) -> None:
    """Print memory and time of reading PDFs of many pages, put together from the others."""
    sources = [pypdfium2.PdfDocument(path) for path in sorted(folder.glob("*.pdf"))]
    for pages in (count // 4, count):
        whole = pypdfium2.PdfDocument.new()
        for source in cycle(sources):
            left = pages - len(whole)
            if left <= 0:
                break
            whole.import_pages(source, list(range(min(left, len(source)))))
        whole.save(folder / "many.pdf")
        command = [sys.executable, __file__, "--read", str(folder / "many.pdf")]
        print(f"{pages} pages: {subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()}")


def read_once(path: str) -> None:
    """Print what reading a PDF costs this process, and the time that pdfium alone takes to give its text."""
    data = Path(path).read_bytes()
    started = time.process_time()
    blocks = len(read_pdf(data, path).blocks)
    taken = time.process_time() - started
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    started = time.process_time()
    _text_of_pdfium(data)
    alone = time.process_time() - started
    print(f"{blocks} blocks, peak {peak:.0f} MB, {taken:.1f} s, {taken / alone:.1f} times as long as pdfium's text")


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--keep", help="a folder in which the documents stay")
    parser.add_argument("--seed", type=int, default=0, help="other texts for each")
    parser.add_argument("--pages", type=int, help="measure memory and time on so many pages, too")
    parser.add_argument("--read", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        read_once(options.read)
        return
    columns = ("document", "whole blocks", "whole after splitting", "by pdfium's text", "lost", "more", "order")
    print(f"| {' | '.join(columns)} |\n{'|---' * len(columns)}|")
    with tempfile.TemporaryDirectory() as work:
        folder = Path(options.keep or work).resolve()
        folder.mkdir(exist_ok=True)
        for made in documents(options.seed):
            path = to_pdf(made, folder)
            print(f"| {made.name} | {measure(path.read_bytes(), made.expected) if path else 'not made'} |", flush=True)
        if options.pages:
            measure_pages(folder, options.pages)


if __name__ == "__main__":
    main()
