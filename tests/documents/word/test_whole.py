"""Whatever a document is made of, each text in it comes out exactly once and in order, or is counted in the notes."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from classifier.documents.word import read_docx
from classifier.errors import InputError
from tests.documents.word.making import docx, p, r

WRAPPINGS = (
    "{}", "<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>", "<w:ins w:id='1'>{}</w:ins>", "<w:moveTo w:id='1'>{}</w:moveTo>",
    "<w:smartTag>{}</w:smartTag>", "<w:customXml>{}</w:customXml>", "<w:hyperlink>{}</w:hyperlink>", "<w:fldSimple w:instr='X'>{}</w:fldSimple>",
)  # fmt: skip
LEFT_OUT = {
    "deleted_text": ("<w:del w:id='1'><w:r><w:delText>{}</w:delText></w:r></w:del>", "<w:moveFrom w:id='1'><w:r><w:t>{}</w:t></w:r></w:moveFrom>"),
    "hidden_text": ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>{}</w:t></w:r>",),
    "phonetic": ("<w:r><w:ruby><w:rt><w:r><w:t>{}</w:t></w:r></w:rt><w:rubyBase/></w:ruby></w:r>",),
}  # fmt: skip
BOX = "<w:r><w:pict><v:shape><v:textbox><w:txbxContent>{}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
FIELD = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>QUOTE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>{}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


class Maker:
    """Makes a document and keeps what is to come of it: marks 〔n〕 in reading order, and how much is left out."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.numbers = itertools.count()
        self.expected: list[str] = []
        self.left_out: dict[str, int] = {}
        self.notes: list[str] = []

    def mark(self) -> str:
        text = f"〔{next(self.numbers)}〕"
        self.expected.append(text)
        return text

    def runs(self, depth: int) -> tuple[str, list[str]]:
        """Return the XML of some runs, and that of boxes whose text comes after the paragraph."""
        xml = ""
        boxes: list[str] = []
        for _ in range(self.draw(st.integers(1, 3))):
            kind = self.draw(st.sampled_from(["run", "wrapped", "left out", "field", "box"]))
            if kind == "left out":
                note = self.draw(st.sampled_from(sorted(LEFT_OUT)))
                xml += self.draw(st.sampled_from(LEFT_OUT[note])).format("不计之文")
                self.left_out[note] = self.left_out.get(note, 0) + 4
            elif kind == "box" and depth < 3:
                boxes.append(f"@{len(boxes)}@")
                xml += BOX.format(boxes[-1])
            elif kind == "field":
                xml += FIELD.format(r(self.mark()))
            else:
                wrapping = self.draw(st.sampled_from(WRAPPINGS)) if kind == "wrapped" else "{}"
                xml += wrapping.format(r(self.mark()))
        return xml, boxes

    def paragraph(self, depth: int) -> str:
        xml, boxes = self.runs(depth)
        note = ""
        after = [self.blocks(depth + 1) for _ in boxes]
        if depth == 0 and self.draw(st.booleans()):
            self.notes.append(f'<w:footnote w:id="{len(self.notes) + 1}">{p(self.mark())}</w:footnote>')
            note = f'<w:r><w:footnoteReference w:id="{len(self.notes)}"/></w:r>'
        for name, content in zip(boxes, after, strict=True):
            xml = xml.replace(name, content)
        return f"<w:p>{xml}{note}</w:p>"

    def table(self, depth: int) -> str:
        rows = ""
        for _ in range(self.draw(st.integers(1, 3))):
            cells = "".join(f"<w:tc>{self.blocks(depth + 1)}</w:tc>" for _ in range(self.draw(st.integers(1, 3))))
            rows += self.draw(st.sampled_from(WRAPPINGS[:2])).format(f"<w:tr>{cells}</w:tr>")
        return f"<w:tbl>{rows}</w:tbl>"

    def blocks(self, depth: int) -> str:
        xml = ""
        for _ in range(self.draw(st.integers(1, 3 if depth == 0 else 2))):
            is_table = depth < 3 and self.draw(st.integers(0, 3)) == 0
            wrapping = self.draw(st.sampled_from(WRAPPINGS[:4]))
            xml += wrapping.format(self.table(depth) if is_table else self.paragraph(depth))
        return xml


@st.composite
def documents(draw: st.DrawFn) -> tuple[bytes, list[str], dict[str, int]]:
    maker = Maker(draw)
    body = maker.blocks(0)
    return docx(body, {"footnotes": "".join(maker.notes)}), maker.expected, maker.left_out


@given(documents())
def test_each_text_once_in_order_or_in_the_notes(made: tuple[bytes, list[str], dict[str, int]]) -> None:
    data, expected, left_out = made
    reading = read_docx(data, "a.docx")
    text = "\n".join(one.text for one in reading.blocks)
    found = [f"〔{one.partition('〕')[0]}〕" for one in text.split("〔")[1:]]
    assert found == expected
    assert {one.kind: one.amount for one in reading.notes} == left_out


@given(st.lists(st.text(alphabet="全县优化营商环境。， 一二1", min_size=1).filter(str.strip), min_size=1, max_size=6))
def test_plain_paragraphs_are_as_they_were_put_in(paragraphs: list[str]) -> None:
    assert [one.text for one in read_docx(docx("".join(p(one) for one in paragraphs)), "a.docx").blocks] == paragraphs


@given(st.data())
def test_a_damaged_file_is_read_or_refused_in_our_own_words(data: st.DataObject) -> None:
    """Bytes changed inside the parts: there is a reading or an InputError, never another exception."""
    made = bytearray(data.draw(documents())[0])
    for _ in range(data.draw(st.integers(1, 4))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_docx(bytes(made), "a.docx")
    except InputError as error:
        assert "\n" not in str(error)  # noqa: PT017 - either outcome is right
