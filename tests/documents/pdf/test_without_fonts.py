"""Text in a Chinese font that is not in the file is read on a machine without fonts, too: there, pdfium alone drops it.

The library begins anew in a process of its own, told that fonts are in an empty folder: as in a container.
"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from classifier.platforms import may_lack_chinese_fonts
from tests.documents.pdf.files import File, at, lines, turned

WITHOUT_FONTS = """
import ctypes, json, sys
import pypdfium2
import pypdfium2.raw as pdfium
pdfium.FPDF_DestroyLibrary()
folders = (ctypes.POINTER(ctypes.c_char) * 2)(ctypes.create_string_buffer(sys.argv[1].encode()), None)
pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2, m_pUserFontPaths=folders))
import classifier
found = [classifier.read(path) for path in sys.argv[2:]]
print(json.dumps([[[block.text for block in one.blocks], [note.say() for note in one.notes]] for one in found]))
"""
BODY = ("县政府召开会议研究民生实事项目推进情况", "各乡镇各部门要逐项对照抓好落实不得推诿")


pytestmark = pytest.mark.skipif(not may_lack_chinese_fonts(), reason="this system comes with Chinese fonts")


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    (tmp_path / "fonts").mkdir()
    return tmp_path / "fonts"


def read_without_fonts(empty: Path, *files: File) -> list[tuple[list[str], list[str]]]:
    """Return the texts of each file's blocks, and the notes."""
    paths = [empty.parent / f"{number}.pdf" for number in range(len(files))]
    for path, file in zip(paths, files, strict=True):
        path.write_bytes(file.data())
    command = [sys.executable, "-c", WITHOUT_FONTS, str(empty), *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)
    return [(texts, notes) for texts, notes in json.loads(done.stdout)]


def test_what_a_machine_without_fonts_reads_is_all_that_stands_there(empty: Path) -> None:
    """Of a drawing that pdfium takes to have no width (one character; text that runs down) it gives no characters."""
    alone = [at(60 + 16 * place, 100, one) for place, one in enumerate(BODY[0])]
    down = [turned(300, 100, BODY[0], 16, "down", (1, 0, 0, 1)), turned(260, 100, BODY[1], 16, "down", (1, 0, 0, 1))]
    across = [turned(100 + 28 * row, 700, text, 16, "song", (0, 1, -1, 0)) for row, text in enumerate(BODY)]
    files = [File([alone]), File([down]), File([across]), File([lines(60, 100, BODY)])]
    found = [("".join(texts), notes) for texts, notes in read_without_fonts(empty, *files)]
    assert found == [(BODY[0], []), *[("".join(BODY), [])] * 3]
