"""Pages are read here without the extra `ocr`, installed or not; tests of recognition put their own in its place."""

import sys

import pytest


@pytest.fixture(autouse=True)
def without_recognition(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "classifier.documents.ocr", None)
