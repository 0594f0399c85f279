"""How fast Word files are read, beside python-docx on the same files: python scripts/measure_reading.py [--files 1000]

Makes files of ten pages in a temporary folder (numbered headings, paragraphs of several runs, a table, as offices
write them) and reads each with both, taking turns, so that a machine that drifts drifts for both; what counts is the
processor's time. python-docx reads the text of paragraphs and of tables' cells and nothing else; this package reads
what Word shows.
"""

import argparse
import random
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from classifier.documents.word import read_docx

_WORDS = (
    "全县",
    "优化",
    "营商环境",
    "转变",
    "工作作风",
    "招引",
    "重点项目",
    "民生实事",
    "推进",
    "督查问责",
    "干部",
    "企业",
)
_PAGES = 10
_PARAGRAPHS = 6  # on a page, of some hundred characters
_CHARACTERS = 500  # on a page: what a page of official documents holds (GB/T 9704: 22 lines of 28)


def main() -> None:
    """Make the files, read them, print the times."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--files", type=int, default=1000)
    files = parser.parse_args().files
    with tempfile.TemporaryDirectory() as folder:
        paths = list(_make(Path(folder), files))
        size = sum(path.stat().st_size for path in paths) / len(paths)
        ours = theirs = 0.0
        characters = [0, 0]
        for path in paths:
            start = time.process_time()
            characters[0] += sum(len(block.text) for block in read_docx(path.read_bytes(), path.name).blocks)
            middle = time.process_time()
            characters[1] += sum(map(len, _with_python_docx(path)))
            ours += middle - start
            theirs += time.process_time() - middle
    print(f"{files} files of {_PAGES} pages, {size / 1024:.0f} KB each, {characters[0] / files:.0f} characters")
    print(f"this package: {ours:.2f} s, {1000 * ours / files:.1f} ms a file, {characters[0]:,} characters")
    print(f"python-docx:  {theirs:.2f} s, {1000 * theirs / files:.1f} ms a file, {characters[1]:,} characters")
    print(f"{theirs / ours:.2f} times as fast")


def _with_python_docx(path: Path) -> Iterator[str]:
    document = docx.Document(str(path))
    for block in document.iter_inner_content():
        if hasattr(block, "rows"):
            for row in block.rows:
                yield from (cell.text for cell in row.cells)
        else:
            yield block.text


def _make(folder: Path, files: int) -> Iterator[Path]:
    for number in range(files):
        path = folder / f"{number:04d}.docx"
        _document(random.Random(number)).save(str(path))  # noqa: S311 - sample text
        yield path


def _document(chance: random.Random) -> "docx.document.Document":
    document = docx.Document()
    for page in range(_PAGES):
        document.add_heading(f"任务{page + 1}", 1)
        for _ in range(_PARAGRAPHS):
            paragraph = document.add_paragraph(style="List Number" if chance.random() < 0.3 else None)
            for _ in range(4):  # Word cuts a paragraph into runs where it was edited or where fonts change
                paragraph._p.append(_run(_text(chance, _CHARACTERS // _PARAGRAPHS // 4)))  # noqa: SLF001 - a run with fonts
        if page % 3 == 0:
            _add_table(document, chance)
    return document


def _add_table(document: "docx.document.Document", chance: random.Random) -> None:
    table = document.add_table(rows=5, cols=4)
    for row in table.rows:
        for cell in row.cells:
            cell.text = _text(chance, 8)


def _run(text: str) -> object:
    fonts = '<w:rFonts w:ascii="仿宋_GB2312" w:eastAsia="仿宋_GB2312" w:hAnsi="仿宋_GB2312" w:hint="eastAsia"/>'
    return parse_xml(f'<w:r {nsdecls("w")}><w:rPr>{fonts}<w:sz w:val="32"/></w:rPr><w:t>{text}</w:t></w:r>')


def _text(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(_WORDS)
    return text + chance.choice("，。；")


if __name__ == "__main__":
    main()
