"""A package that is installed but cannot be loaded, for want of a library of the system, is not said to be missing."""

import sys
from pathlib import Path

import pytest

from classifier.documents.notes import Note
from classifier.documents.pdf import read_pdf
from classifier.documents.read import from_bytes
from classifier.errors import InputError, MissingExtraError
from classifier.i18n.sentences import TERMINAL, translated
from tests.documents.pdf.files import File, lines, picture

WHY = "DLL load failed while importing onnxruntime"
PNG = b"\x89PNG\r\n\x1a\n" + bytes(64)
TEXT = ("县政府召开会议研究民生实事项目推进情况", "各乡镇各部门要逐项对照抓好落实不得推诿")


@pytest.fixture
def unloadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An onnxruntime of which Windows finds no Visual C++."""
    pytest.importorskip("cv2", reason="needs the extra `ocr`")
    folder = tmp_path / "packages" / "onnxruntime"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(f"raise ImportError({WHY!r})\n", encoding="utf-8")
    monkeypatch.syspath_prepend(str(folder.parent))
    monkeypatch.delitem(sys.modules, "onnxruntime", raising=False)


@pytest.mark.usefixtures("unloadable")
@pytest.mark.parametrize("name", ["a.pdf", "a.png"])
def test_recognition_that_cannot_be_loaded_names_the_library(name: str) -> None:
    data = File([[picture()]]).data() if name == "a.pdf" else PNG
    error = MissingExtraError if name == "a.png" else InputError
    with pytest.raises(error, match=rf"cannot be loaded \({WHY}\): on Linux install .*Visual C\+\+") as caught:
        from_bytes(data, name)
    assert "pip install" not in str(caught.value)
    assert "请安装 libstdc++6" in translated(str(caught.value), TERMINAL)


@pytest.mark.usefixtures("unloadable")
def test_a_page_that_was_not_recognised_for_that_is_told_of() -> None:
    reading = read_pdf(File([lines(60, 100, TEXT), [picture()]]).data(), "a.pdf")
    assert list(reading.notes) == [Note("pages_without_text", 1, (2,)), Note("unloadable", what=WHY)]
    assert WHY in reading.notes[1].say("zh")
