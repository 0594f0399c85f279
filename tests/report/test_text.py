"""Any text is shown and does nothing else; places in it stay true."""

import html
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.report.shown import shown
from classifier.report.text import as_html

TAG = re.compile(r"</?i(?: class=nl)?>|</?bdi(?: class=ctl data-c=\"U\+[0-9A-F]{4}\")?>")
ANY = st.text(alphabet=st.characters(codec=None, categories=None), max_size=60)


@given(ANY)
def test_every_character_stands_where_it_stood(text: str) -> None:
    """What the browser reads has as many characters, the harmless ones unchanged, whatever the text."""
    page = as_html(text)
    page.encode()  # no half characters
    read = html.unescape(TAG.sub("", page))
    assert len(read) == len(text)
    assert all(a == b for a, b in zip(text, read, strict=True) if b not in "\ufffd\n" and not "\u2400" <= b < "\u2420")


@given(ANY)
def test_no_tag_but_our_own(text: str) -> None:
    assert "<" not in TAG.sub("", as_html(text))


def test_a_script_stays_text() -> None:
    assert as_html("<script>alert(1)</script>&amp;") == "&lt;script&gt;alert(1)&lt;/script&gt;&amp;amp;"


@pytest.mark.parametrize("mark", ["\u202e", "\u2066", "\u200f"])
def test_marks_of_direction_are_shut_in(mark: str) -> None:
    assert as_html(f"甲{mark}乙") == f'甲<bdi class=ctl data-c="U+{ord(mark):04X}">{mark}</bdi>乙'


def test_breaks_between_chinese_characters_take_no_room() -> None:
    assert as_html("项目，\r\n九月 a\nb") == "项目，<i class=nl>&#13;\n</i>九月 a\nb"


def test_what_a_page_cannot_hold_is_replaced_one_for_one() -> None:
    assert shown("a\x00\ud800\x0bb") == "a\u2400\ufffd\nb"
