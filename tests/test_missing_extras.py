"""What is missing is named as it can be had here: by pip, or where a bundle made the environment by a new bundle."""

import json
import pickle
import re
import sys
from pathlib import Path

import pytest

import classifier
from classifier.bulk.compression import require_pyarrow
from classifier.errors import MissingExtraError
from classifier.i18n.sentences import HTTP, TERMINAL, translated
from tests.i18n.test_sentences import is_chinese

SAID = sorted(
    {
        (re.sub(r"\{[^}]*\}", "bulk", found), path.name)
        for path in Path(classifier.__file__).parent.rglob("*.py")
        for found in re.findall(r"'([^'\n]*pip install \"local[^'\n]*)'", path.read_text(encoding="utf-8"))
    }
)


@pytest.fixture
def from_a_bundle(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    about = {"install": "local-government-classifier[documents,web]", "python": "3.12"}
    (tmp_path / "bundle.json").write_text(json.dumps(about), encoding="utf-8")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))


@pytest.mark.usefixtures("from_a_bundle")
@pytest.mark.parametrize(("message", "where"), SAID)
def test_where_a_bundle_installed_it_a_new_bundle_is_named(message: str, where: str) -> None:
    assert len(SAID) > 10
    told = str(MissingExtraError(f"甲.xls: {message}"))
    assert "pip install" not in told, where
    assert re.search(r"a new bundle \(scripts/bundle\.py --extras documents,web(,\w+)?\)", told)
    chinese = translated(told, TERMINAL)
    assert re.search(r"另做的离线安装包（在能联网处用 scripts/bundle\.py --extras documents,web(,\w+)? 制作）", chinese)
    assert "a new bundle" in translated(told, HTTP)


@pytest.mark.usefixtures("from_a_bundle")
def test_all_of_such_a_sentence_is_chinese(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError) as raised:
        require_pyarrow("Parquet")
    assert is_chinese(re.sub(r"scripts/bundle.py --extras [\w,]+", "", translated(str(raised.value), TERMINAL)))
    assert str(pickle.loads(pickle.dumps(raised.value))) == str(raised.value)


@pytest.mark.parametrize("content", ["", "[]", "{}", '{"install": 3}', '{"install": "x"}'])
def test_a_file_of_that_name_that_is_no_bundle_s_breaks_nothing(
    content: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "bundle.json").write_text(content, encoding="utf-8")
    monkeypatch.setattr(sys, "prefix", str(tmp_path))
    message = 'x: pip install "local-government-classifier[bulk]"'
    assert str(MissingExtraError(message)) == message


def test_elsewhere_pip_brings_it() -> None:
    message = 'x: pip install "local-government-classifier[bulk]"'
    assert str(MissingExtraError(message)) == message
