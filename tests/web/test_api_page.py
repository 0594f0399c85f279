"""The page on the API reads in the reader's language, all of it."""

import re
from collections.abc import Iterator
from typing import cast

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from classifier.web.views.openapi_view import Operation, operations

ENGLISH = re.compile(r"[A-Za-z]{3,} [a-z]{2,}")
RENAMED = (("Request Entity Too Large", "Content Too Large"), ("Unprocessable Entity", "Unprocessable Content"))
"""What answers are called in Python 3.11 and 3.12, and since 3.13."""
NAMES = re.compile(r"`[^`]*`|Label Studio|JSON Lines|JSON|Content-Encoding: gzip|Server-Sent Events")


def said(found: list[Operation]) -> Iterator[str]:
    for one in found:
        yield one["tag"]
        yield one["opening"]
        yield one["summary"]
        yield from (str(each["description"]) for each in one["parameters"])
        yield from (field["about"] for fields in one["bodies"].values() for field in fields)
        yield from one["answers"].values()


def test_every_description_has_a_chinese_reading(client: TestClient) -> None:
    described = cast(FastAPI, client.app).openapi()
    english, chinese = operations(described), operations(described, "zh")
    assert len(chinese) > 20
    for text, before in zip(said(chinese), said(english), strict=True):
        assert not ENGLISH.search(NAMES.sub("", text)), text
        assert not re.search("[a-z] [a-z]", before) or re.search("[\u4e00-\u9fff]", text), text
    assert [(one["method"], one["path"]) for one in chinese] == [(one["method"], one["path"]) for one in english]


def test_nothing_is_translated_that_is_not_said(client: TestClient) -> None:
    """What the API no longer says has no reading left over."""
    from classifier.web.views.openapi_view import _chinese  # noqa: PLC0415

    there = {text for text in said(operations(cast(FastAPI, client.app).openapi())) if text}
    assert set(_chinese()) - there <= {name for names in RENAMED for name in names}


@pytest.mark.parametrize("names", RENAMED)
def test_answers_are_chinese_by_the_names_of_every_python(names: tuple[str, str]) -> None:
    """Of two capitalised words no test sees that they are English."""
    from classifier.web.views.openapi_view import _chinese  # noqa: PLC0415

    old, new = (_chinese()[name] for name in names)
    assert old == new


def test_the_page_opens_each_operation_with_its_first_sentence(client: TestClient) -> None:
    page = client.get("/api", headers={"accept-language": "zh-CN"}).text
    assert "<h2>服务</h2>" in page
    assert "<span>逐段标注一段文字或一个文件</span>" in page
    english = client.get("/api", headers={"accept-language": "en"}).text
    assert "<span>Label each paragraph of a text or a file</span>" in english
    assert "<span>Open a file (.txt .md .docx .pdf .html) or a pasted text; it stays" in english
