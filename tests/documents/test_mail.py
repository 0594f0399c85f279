"""Mails and web archives as Chinese programs write them."""

import base64
import quopri
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.document import Block
from classifier.documents.mail import read_eml, read_mht
from classifier.documents.notes import Note
from classifier.documents.read import from_bytes

BODY = "各村：\n请在周五前报送修渠进度喆。"
PAGE = "<html><head><meta charset='gb2312'><title>x</title></head><body><p>各村请在周五前报送修渠进度喆。</p><p>逾期不候。</p></body></html>"


def word(text: bytes, charset: str = "gb2312") -> bytes:
    return b"=?" + charset.encode() + b"?B?" + base64.b64encode(text) + b"?="


def mail(*parts: bytes, kind: str = "mixed", headers: bytes = b"Subject: a\n") -> bytes:
    inside = b"".join(b"--B\n" + part + b"\n" for part in parts)
    return headers + f"MIME-Version: 1.0\nContent-Type: multipart/{kind}; boundary=B\n\n".encode() + inside + b"--B--\n"


def part(kind: str, content: bytes, coding: str = "base64", more: str = "") -> bytes:
    encoders: dict[str, Callable[[bytes], bytes]] = {
        "base64": base64.encodebytes, "quoted-printable": quopri.encodestring, "8bit": bytes,
    }  # fmt: skip
    return f"Content-Type: {kind}\nContent-Transfer-Encoding: {coding}\n{more}\n".encode() + encoders[coding](content)


def shown(data: bytes) -> list[tuple[str, str]]:
    return [(one.role, one.text) for one in read_eml(data, "a.eml").blocks if one.text.strip()]


@pytest.mark.parametrize(
    ("charset", "encoding"),
    [("gb2312", "gb18030"), ("gbk", "gb18030"), ("utf-8", "utf-8"), ("gb2312", "utf-8"), ("us-ascii", "gb18030"), ("x-none", "gb18030"), ("big5", "utf-8"), ("unicode", "utf-16")],
)  # fmt: skip
@pytest.mark.parametrize("coding", ["base64", "quoted-printable", "8bit"])
def test_text_in_every_encoding(charset: str, encoding: str, coding: str) -> None:
    """gb2312 means GB18030; bytes that are sound Chinese in UTF-8 are that, whatever the part says."""
    if (encoding, coding) == ("utf-16", "8bit"):
        return
    data = b"Subject: a\n" + part(f"text/plain; charset={charset}", BODY.encode(encoding), coding)
    assert shown(data) == [("heading", "a"), *(("body", line) for line in BODY.split("\n"))]


@pytest.mark.parametrize(
    "subject",
    [
        word("关于修渠的通知".encode("gbk")),
        word("关于修渠".encode("gbk")[:5]) + b"\n " + word("关于修渠".encode("gbk")[5:] + "的通知".encode("gbk")),
        b"=?utf-8?Q?" + quopri.encodestring("关于修渠的通知".encode()).replace(b"\n", b"").replace(b"=?=", b"") + b"?=",
        "关于修渠的通知".encode("gbk"),
        "关于修渠的通知".encode(),
        "关于".encode() + b" ".strip() + word("修渠的通知".encode(), "utf-8"),
    ],
)
def test_headers_in_every_encoding(subject: bytes) -> None:
    """Encoded words, cut inside of a character as well; bytes unescaped; both mixed."""
    reading = read_eml(b"Subject: " + subject + b"\nContent-Type: text/plain\n\nx", "a.eml")
    assert reading.metadata == {"title": "关于修渠的通知"}
    assert reading.blocks[0] == Block("关于修渠的通知", "heading", 1)


def test_broken_encoded_words_are_kept_as_they_can_be() -> None:
    data = b"Subject: =?gbk?B?!!!?= =?x?Q?a=5?= =?a\nContent-Type: text/plain\n\nx"
    assert read_eml(data, "a.eml").blocks[-1] == Block("x")


def test_sender_receivers_and_date_are_furniture_and_metadata() -> None:
    head = (
        b"From: "
        + word("水利所".encode("gbk"))
        + b" <a@example.org>\nTo: b@example.org\nDate: Tue, 3 Mar 2026 10:00:00 +0800\nSubject: c\n"
    )
    reading = read_eml(head + b"Content-Type: text/plain\n\nx", "a.eml")
    assert list(reading.blocks) == [
        Block("c", "heading", 1), Block("From: 水利所 <a@example.org>", "furniture"), Block("To: b@example.org", "furniture"),
        Block("Date: Tue, 3 Mar 2026 10:00:00 +0800", "furniture"), Block("x"),
    ]  # fmt: skip
    assert reading.metadata == {
        "title": "c",
        "date": "Tue, 3 Mar 2026 10:00:00 +0800",
        "source": "水利所 <a@example.org>",
    }


def test_of_plain_text_and_page_only_one_is_read() -> None:
    plain, page = (
        part("text/plain; charset=gbk", (BODY * 9).encode("gbk")),
        part("text/html; charset=gbk", PAGE.encode("gbk")),
    )
    assert [text for _, text in shown(mail(plain, page, kind="alternative"))] == ["a", *(BODY * 9).split("\n")]
    hardly = part("text/plain", "请看网页".encode())
    assert [text for _, text in shown(mail(hardly, page, kind="alternative"))] == [
        "a",
        "各村请在周五前报送修渠进度喆。",
        "逾期不候。",
    ]


def test_attachments_are_named_and_pictures_counted() -> None:
    named = f'Content-Disposition: attachment; filename="{word("进度表.doc".encode("gbk")).decode()}"\n'
    by_rfc2231 = "Content-Disposition: attachment;\n filename*=gbk''%BD%F8%B6%C8.xls\n"
    raw = 'Content-Disposition: attachment; filename="进度.wps"\n'
    data = mail(
        part("text/plain", b"x"), part("application/msword", b"y", more=named), part("application/octet-stream", b"y", more=by_rfc2231),
        part("application/octet-stream", b"y", more=raw), part("image/png", b"y"), part("text/plain", b"no", more="Content-Disposition: attachment\n"),
    )  # fmt: skip
    reading = read_eml(data, "a.eml")
    assert [one.text for one in reading.blocks] == ["a", "x"]
    assert reading.notes == [
        Note("attachments", 4, what="进度表.doc、进度.xls、进度.wps、text/plain"), Note("pictures", 1),
    ]  # fmt: skip


@pytest.mark.parametrize("coding", ["", "base64"])
def test_a_mail_inside_is_read_after_it(coding: str) -> None:
    """Also where it is encoded as a whole, which is forbidden and done."""
    inner = b"Subject: " + word("转发".encode("gbk")) + b"\nContent-Type: text/plain\n\ninside"
    content = base64.encodebytes(inner) if coding else inner
    data = mail(
        part("text/plain", b"x"),
        f"Content-Type: message/rfc822\nContent-Transfer-Encoding: {coding or '8bit'}\n\n".encode() + content,
    )
    assert shown(data) == [("heading", "a"), ("body", "x"), ("heading", "转发"), ("body", "inside")]


def test_flowed_lines_are_joined() -> None:
    data = b"Subject: a\nContent-Type: text/plain; format=flowed; delsp=yes\n\none \ntwo\nthree\n"
    assert [text for _, text in shown(data)] == ["a", "onetwo", "three"]


@pytest.mark.parametrize("coding", ["quoted-printable", "base64", "8bit"])
def test_a_saved_page_is_read_by_its_main_part(coding: str) -> None:
    """Pages of Word's own header are passed over; the encoding of the part counts before what the page says."""
    data = mail(
        part('text/html; charset="gb2312"', PAGE.encode("gb18030"), coding, "Content-Location: file:///C:/a.htm\n"),
        part("text/html", b"<p>separator</p>", more="Content-Location: file:///C:/a.files/header.htm\n"),
        part("text/html", b"<p>advert</p>", more="Content-Location: http://example.org/advert.html\n"),
        part("image/png", b"x"), kind="related", headers=b"From: <Saved by Blink>\n",
    )  # fmt: skip
    document = from_bytes(data, "a.doc")
    assert (document.format, document.encoding) == ("mht", "gb18030")
    assert [line for line in document.text.split("\n") if line.strip()] == [
        "各村请在周五前报送修渠进度喆。",
        "逾期不候。",
    ]
    assert document.notes[-2:] == (Note("pictures", 1), Note("attachments", 1, what="http://example.org/advert.html"))


def test_the_start_parameter_and_frames_choose_the_pages() -> None:
    one, two = (f"<html><body><p>{text}</p></body></html>" for text in ("春耕备耕已经开始了。", "秋收入库已经完成了。"))
    parts = [
        part("text/html; charset=utf-8", text.encode(), more=f"Content-ID: <{number}>\n")
        for number, text in enumerate((one, two))
    ]
    started = mail(*parts, kind='related; start="<1>"')
    assert [one.strip() for one in _lines(started)] == ["秋收入库已经完成了。"]
    frames = part("text/html", b"<html><frameset><frame src='1'></frameset></html>")
    assert _lines(mail(frames, *parts, kind="related")) == ["春耕备耕已经开始了。", "秋收入库已经完成了。"]


def _lines(data: bytes) -> list[str]:
    document = from_bytes(data, "a.mht")
    return [line for line in document.text.split("\n") if line.strip()]


def test_a_mail_named_mht_is_read_as_a_mail() -> None:
    data = b"Subject: a\nMIME-Version: 1.0\nContent-Type: text/plain\n\nx"
    assert [one.text for one in read_mht(data, "a.mht").blocks] == ["a", "x"]


@given(
    st.lists(st.text("种草治沙。 abc", min_size=1).filter(str.strip), min_size=1, max_size=8),
    st.sampled_from(["gbk", "utf-8", "gb18030"]),
)
def test_each_line_comes_out_once_and_in_order(lines: list[str], encoding: str) -> None:
    numbered = [f"{line}{number}" for number, line in enumerate(lines)]
    data = b"Subject: a\n" + part(f"text/plain; charset={encoding}", "\n".join(numbered).encode(encoding))
    assert [one.text for one in read_eml(data, "a.eml").blocks] == ["a", *numbered]


def test_a_mail_or_page_that_was_cut_off_says_so() -> None:
    """The line that ends a message of several parts is missing."""
    whole = mail(part("text/plain; charset=utf-8", "第一段正文。".encode()), part("text/plain", b"b"))
    page = mail(part("text/html; charset=utf-8", "<p>第一段正文。</p>".encode()), kind="related")
    for read, data in ((read_eml, whole), (read_mht, page)):
        assert Note("cut_off") not in read(data, "a").notes
        assert Note("cut_off") in read(data[: -len(b"--B--\n")], "a").notes


def test_phonetic_readings_of_a_page_in_a_mail_are_named() -> None:
    page = "<html><body><p>收<ruby>粮<rt>liáng</rt></ruby>站检修。</p></body></html>".encode()
    data = b"Subject: a\n" + part("text/html; charset=utf-8", page)
    assert shown(data)[1:] == [("body", "收粮站检修。")]
    assert Note("phonetic", 5) in read_eml(data, "a.eml").notes
    archive = mail(part("text/html; charset=utf-8", page), kind="related", headers=b"MIME-Version: 1.0\n")
    assert Note("phonetic", 5) in read_mht(archive, "a.mht").notes
