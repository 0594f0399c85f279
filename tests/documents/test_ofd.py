"""OFD: what a page shows comes out once and in reading order; what cannot be read is named."""

import sys
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from classifier import unzip
from classifier.documents.document import Block, Reading
from classifier.documents.notes import Note
from classifier.documents.ofd import read_ofd, scans
from classifier.errors import InputError, MissingExtraError
from tests.documents.making_ofd import LEFT, NAMESPACE, SIZE, STEP, TOP, lines, members, ofd, packed, page, text


def read(data: bytes) -> Reading:
    return read_ofd(data, "通报.ofd")


def texts(reading: Reading, role: str = "") -> list[str]:
    return [one.text for one in reading.blocks if role in {"", one.role}]


NOTICE = lines(
    "\u3000\u3000一季度，全县新登记经营主体一千二百户，其中企业三百户，增幅",
    "居全市前列，企业开办时间压缩到半天以内。",
    "\u3000\u3000二季度要补齐短板。",
)
FIRST = "一季度，全县新登记经营主体一千二百户，其中企业三百户，增幅居全市前列，企业开办时间压缩到半天以内。"
SECOND = "二季度要补齐短板。"


def test_lines_become_paragraphs_by_indent_and_right_edge() -> None:
    reading = read(ofd(page(NOTICE)))
    assert reading.blocks == [Block(FIRST, page=1), Block(SECOND, page=1)]
    assert (list(reading.notes), reading.metadata) == ([], {"title": "季度通报"})


def test_objects_in_any_order_are_read_from_top_to_bottom() -> None:
    objects = [text(word, LEFT, TOP + i * STEP * 3) for i, word in enumerate(["会议纪要", "参会人员名单", "散会"])]
    assert texts(read(ofd(page(*reversed(objects))))) == ["会议纪要", "参会人员名单", "散会"]


def test_several_text_codes_of_an_object_are_one_line() -> None:
    codes = (
        '<ofd:TextCode X="0" Y="5" DeltaX="5 5">营商环</ofd:TextCode>'
        '<ofd:TextCode X="15" DeltaX="5">境是</ofd:TextCode><ofd:TextCode X="25" Y="5">金</ofd:TextCode>'
    )
    one = f'<ofd:TextObject ID="1" Boundary="25 40 90 6" Font="3" Size="5">{codes}</ofd:TextObject>'
    assert texts(read(ofd(page(one)))) == ["营商环境是金"]


def test_a_text_code_that_leaps_is_divided_into_cells() -> None:
    rows = [
        text(row, LEFT, TOP + 12 * i, code='DeltaX="5 5 5 30 5 5 5"')
        for i, row in enumerate(["项目名称投资总额", "化工园区三亿多元", "粮食码头两亿有余"])
    ]
    assert texts(read(ofd(page(*rows))), "row") == ["项目名称 | 投资总额", "化工园区 | 三亿多元", "粮食码头 | 两亿有余"]


def test_a_cell_that_wraps_stays_together() -> None:
    def row(y: float, *cells: str) -> str:
        return "".join(text(cell, x, y) for cell, x in zip(cells, (LEFT, 60, 130), strict=True) if cell)

    table = (
        row(40, "序号", "事项", "责任单位")
        + row(60, "一", "新建社区食堂十二", "民政局")
        + row(66, "", "处", "")
        + row(80, "二", "改造老旧小区", "住建局")
    )
    assert texts(read(ofd(page(table)))) == [
        "序号 | 事项 | 责任单位",
        "一 | 新建社区食堂十二处 | 民政局",
        "二 | 改造老旧小区 | 住建局",
    ]


def test_two_columns_are_read_one_after_the_other_below_their_title() -> None:
    left = ["\u3000\u3000乡村道路硬化到组，群众", "出行不再两脚泥，当天采摘的", "农产品当天就能进城。"]
    right = ["\u3000\u3000卫生室配齐常用药品，慢", "性病患者在村里就能取到药，", "报销当场办结。"]
    objects = [text("民生短波", 90, 30, 8.0), lines(*left, x=20, y=50), lines(*right, x=115, y=52)]
    assert texts(read(ofd(page(*objects)))) == [
        "民生短波",
        "乡村道路硬化到组，群众出行不再两脚泥，当天采摘的农产品当天就能进城。",
        "卫生室配齐常用药品，慢性病患者在村里就能取到药，报销当场办结。",
    ]


def test_a_sentence_goes_on_over_the_page_and_page_furniture_stands_apart() -> None:
    """Numbers are noted, a running header is furniture once."""
    header = text("县政府公报", 90, 15, 4.0)
    full = (
        "招商小分队分赴长三角和珠三角对接企业，先后走访重点客商五十余家，谈成意向十二项，其中资金到位、用地落实、当月"
    )
    assert len(full) == 26 + 28
    pages = [
        page(header, lines("\u3000\u3000" + full[:26], full[26:], y=200), text("— 1 —", 100, 285)),
        page(header, lines("即可动工的有五项。", y=40), text("— 2 —", 100, 285)),
    ]
    reading = read(ofd(*pages))
    assert reading.blocks == [Block(full + "即可动工的有五项。", page=1), Block("县政府公报", "furniture", page=1)]
    assert list(reading.notes) == [Note("page_numbers", 2, (1, 2)), Note("repeated_furniture", 1, (2,))]


def test_a_line_that_fills_its_page_is_joined_with_the_next_page() -> None:
    pages = [
        page(lines("\u3000\u3000对签约三个月仍未开工的项目逐个会诊，弄清卡点究竟在用地、", y=250)),
        page(lines("用能还是融资，列出清单。", "\u3000\u3000对账每月一次，由督查室牵头，县领导按分工逐项过问并签字。")),
    ]
    assert texts(read(ofd(*pages))) == [
        "对签约三个月仍未开工的项目逐个会诊，弄清卡点究竟在用地、用能还是融资，列出清单。",
        "对账每月一次，由督查室牵头，县领导按分工逐项过问并签字。",
    ]


def test_a_template_of_one_page_is_part_of_it_one_of_several_is_furniture_once() -> None:
    template = {"7": page(text("申请单位：", LEFT, 50))}
    filled = page(text("河湾镇", LEFT + 5 * SIZE, 50), templates=["7"])
    assert texts(read(ofd(filled, templates=template))) == ["申请单位：河湾镇"]
    two = read(ofd(filled, filled.replace("河湾镇", "石桥镇"), templates=template))
    assert (texts(two, "body"), texts(two, "furniture")) == (["河湾镇", "石桥镇"], ["申请单位："])
    assert list(two.notes) == [Note("repeated_furniture", 1, (2,))]


def test_blocks_in_blocks_and_composite_objects_are_followed() -> None:
    """A composite object is placed by its matrix, here twice as large."""
    unit = (
        f'<ofd:CompositeGraphicUnit ID="5" Width="90" Height="20"><ofd:Content>{text("办事指南", 0, 5)}</ofd:Content>'
    )
    resource = (
        f"<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits>{unit}</ofd:CompositeGraphicUnit>"
        "</ofd:CompositeGraphicUnits></ofd:Res>"
    )
    composite = '<ofd:CompositeObject ID="6" Boundary="25 40 99 30" CTM="2 0 0 2 0 0" ResourceID="5"/>'
    block = f'<ofd:PageBlock ID="8"><ofd:PageBlock ID="9">{text("带齐证件", LEFT, 90)}</ofd:PageBlock></ofd:PageBlock>'
    parts = members(page(block, composite), common="<ofd:DocumentRes>Res.xml</ofd:DocumentRes>")
    reading = read(packed({**parts, "Doc_0/Res.xml": resource}))
    assert [(one.text, one.role) for one in reading.blocks] == [("办事指南", "heading"), ("带齐证件", "body")]


def test_composite_objects_that_hold_themselves_end() -> None:
    unit = '<ofd:CompositeObject ID="6" Boundary="0 0 9 9" ResourceID="5"/>' * 3
    resource = (
        f'<ofd:Res {NAMESPACE}><ofd:CompositeGraphicUnits><ofd:CompositeGraphicUnit ID="5"><ofd:Content>{unit}'
        "</ofd:Content></ofd:CompositeGraphicUnit></ofd:CompositeGraphicUnits></ofd:Res>"
    )
    composite = '<ofd:CompositeObject ID="6" Boundary="25 40 99 30" ResourceID="5"/>'
    parts = members(page(lines("照常"), composite), common="<ofd:PublicRes>Res.xml</ofd:PublicRes>")
    reading = read(packed({**parts, "Doc_0/Res.xml": resource}))
    assert (texts(reading), [one.kind for one in reading.notes]) == (["照常"], ["too_large"])


def test_vertical_text_is_read_in_columns_from_right_to_left() -> None:
    columns = ["家风正则民风淳，民风淳则社风清，", "社风清则万事兴，万事兴则家国安，", "人人都出一份力。", "县文明办宣"]
    objects = [text(one, 150 - 12 * i, 40, code='DeltaY="g 40 5"') for i, one in enumerate(columns)]
    assert texts(read(ofd(page(*objects)))) == ["".join(columns[:3]), columns[3]]


def test_a_vertical_label_beside_horizontal_text_is_read_where_it_begins() -> None:
    label = text("申报单位", LEFT, 50, code='DeltaY="5 5 5"')
    assert texts(read(ofd(page(label, text("青石镇中心小学全体教师", LEFT + 12, 50))))) == [
        "申报单位 青石镇中心小学全体教师"
    ]


@pytest.mark.parametrize(
    ("matrix", "name"), [("0 1 -1 0 0 0", "right"), ("0 -1 1 0 0 0", "left"), ("-1 0 0 -1 0 0", "head")]
)
def test_text_that_is_turned_is_read_as_if_it_stood_upright(matrix: str, name: str) -> None:
    boundary = {"right": "100 60 200 200", "left": "100 200 200 200", "head": "150 100 200 200"}[name]
    objects = "".join(
        f'<ofd:TextObject ID="1" Boundary="{boundary}" CTM="{matrix}" Font="3" Size="5"><ofd:TextCode X="0" Y="{10 * i}"'
        f' DeltaX="g 9 5">{words}</ofd:TextCode></ofd:TextObject>'
        for i, words in enumerate(["\u3000\u3000横着扫描的表", "格也要读全。"])
    )
    assert texts(read(ofd(page(objects)))) == ["横着扫描的表格也要读全。"]


def annotated(*annotations: str) -> bytes:
    parts = members(page(lines("正文一行。")), document="<ofd:Annotations>Annots/All.xml</ofd:Annotations>")
    listed = f'<ofd:Annotations {NAMESPACE}><ofd:Page PageID="100"><ofd:FileLoc>One.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>'
    own = f"<ofd:PageAnnot {NAMESPACE}>{''.join(annotations)}</ofd:PageAnnot>"
    return packed({**parts, "Doc_0/Annots/All.xml": listed, "Doc_0/Annots/One.xml": own})


def annotation(kind: str, inside: str, extra: str = "") -> str:
    appearance = f'<ofd:Appearance Boundary="20 100 150 60">{inside}</ofd:Appearance>' if inside else ""
    return f'<ofd:Annot ID="1" Type="{kind}" {extra}>{appearance}</ofd:Annot>'


def test_annotations_are_read_where_they_stand_watermarks_once_seals_noted() -> None:
    slanted = "".join(text("内部资料", 10, 10 + 30 * i, extra='CTM="0.7 0.7 -0.7 0.7 0 0"') for i in range(3))
    pattern = (
        '<ofd:PathObject ID="2" Boundary="0 0 9 9"><ofd:FillColor><ofd:Pattern Width="9" Height="9"><ofd:CellContent>'
        f"{text('严禁外传', 0, 5)}</ofd:CellContent></ofd:Pattern></ofd:FillColor></ofd:PathObject>"
    )
    reading = read(
        annotated(
            annotation("Path", text("请张主任阅示", 5, 20)),
            annotation("Stamp", text("急件", 5, 50), 'Subtype="FreeText"'),
            annotation("Watermark", slanted + pattern),
            annotation("Stamp", '<ofd:ImageObject ID="3" Boundary="0 0 40 40" ResourceID="4"/>'),
            '<ofd:Annot ID="9" Type="Highlight"><ofd:Remark>此处再核实</ofd:Remark></ofd:Annot>',
            annotation("Path", text("删去的话", 5, 40), 'Visible="false"'),
        )
    )
    assert texts(reading, "body") == ["正文一行。", "请张主任阅示", "急件"]
    assert sorted(texts(reading, "furniture")) == ["严禁外传", "内部资料"]
    assert list(reading.notes) == [
        Note("repeated_furniture", 2, (1,)),
        Note("hidden_text", 4, (1,)),
        Note("comments", 1, (1,)),
        Note("seals", 1, (1,)),
    ]


def test_signatures_and_attachments_are_noted() -> None:
    parts = members(
        page(lines("正文。")),
        body="<ofd:Signatures>Doc_0/Signs/Signatures.xml</ofd:Signatures>",
        document="<ofd:Attachments>Attachs/Attachments.xml</ofd:Attachments>",
    )
    signs = f'<ofd:Signatures {NAMESPACE}><ofd:Signature ID="1" Type="Seal" BaseLoc="S.xml"/></ofd:Signatures>'
    attached = f'<ofd:Attachments {NAMESPACE}><ofd:Attachment ID="1" Name="名册.xlsx"/></ofd:Attachments>'
    reading = read(packed({**parts, "Doc_0/Signs/Signatures.xml": signs, "Doc_0/Attachs/Attachments.xml": attached}))
    assert list(reading.notes) == [Note("seals", 1), Note("attachments", 1, what="名册.xlsx")]


GLYPHS = (
    '<ofd:CGTransform CodePosition="0" CodeCount="2" GlyphCount="2"><ofd:Glyphs>31 32</ofd:Glyphs></ofd:CGTransform>'
)


@pytest.mark.parametrize(
    ("inside", "shown", "amount"),
    [
        (GLYPHS + '<ofd:TextCode X="0" Y="5" DeltaX="5 5 5">¤¤县长</ofd:TextCode>', "\ufffd\ufffd县长", 2),
        ('<ofd:TextCode X="0" Y="5" DeltaX="5 5">\ue123\ue9f0书</ofd:TextCode>', "\ufffd\ufffd书", 2),
        (GLYPHS + '<ofd:TextCode X="0" Y="5"></ofd:TextCode>', "", 2),
        (GLYPHS + '<ofd:TextCode X="0" Y="5" DeltaX="5">  </ofd:TextCode>', "", 0),
        ('<ofd:TextCode X="0" Y="5" DeltaX="5 5">¤币值</ofd:TextCode>', "¤币值", 0),
    ],
)
def test_glyphs_without_characters_are_shown_as_holes_and_counted(inside: str, shown: str, amount: int) -> None:
    one = f'<ofd:TextObject ID="1" Boundary="25 40 90 6" Font="3" Size="5">{inside}</ofd:TextObject>'
    reading = read(ofd(page(one)))
    assert texts(reading) == ([shown] if shown else [])
    assert [(note.kind, note.amount) for note in reading.notes] == [("glyphs_without_characters", amount)] * (
        amount > 0
    )


def test_pages_of_pictures_or_paths_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the extra `ocr`, which would read them."""
    monkeypatch.setattr(scans, "find_spec", lambda name: None)
    picture = '<ofd:ImageObject ID="1" Boundary="0 0 210 297" ResourceID="4"/>'
    path = '<ofd:PathObject ID="1" Boundary="0 0 9 9"><ofd:AbbreviatedData>M 0 0 L 9 9</ofd:AbbreviatedData></ofd:PathObject>'
    reading = read(ofd(page(picture), page(lines("有字。"), picture), page(path), page()))
    assert texts(reading) == ["有字。"]
    assert list(reading.notes) == [
        Note("pictures", 1, (2,)),
        Note("pages_without_text", 1, (1,)),
        Note("pages_of_shapes", 1, (3,)),
    ]


def test_hidden_text_is_left_out_but_where_it_lies_under_a_scan() -> None:
    hidden = text("底稿", LEFT, 60, extra='Visible="false"')
    reading = read(ofd(page(lines("正文。"), hidden, text("页外", 400, 60)), page(hidden)))
    assert texts(reading) == ["正文。", "底稿"]
    assert list(reading.notes) == [Note("hidden_text", 4, (1,))]


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    reading = read(ofd(page(text("重要通知", 60, 40), text("重要通知", 60.3, 40.1), text("重要通知", 60, 80))))
    assert texts(reading) == ["重要通知", "重要通知"]


def test_escaped_characters_are_characters() -> None:
    assert texts(read(ofd(page(text(r"\7530野", LEFT, 40, code='DeltaX="5"'))))) == ["田野"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (NAMESPACE, 'xmlns:ofd="http://www.ofdspec.org"'),
        ("ofd:", ""),
        (">Doc_0/Document.xml<", ">/Doc_0/Document.xml<"),
        (">Doc_0/Document.xml<", r">.\doc_0\DOCUMENT.XML<"),
        ('BaseLoc="Pages/', 'BaseLoc="Doc_0/Pages/'),
        ('BaseLoc="Pages/', 'BaseLoc="/Doc_0/Pages/'),
    ],
)
def test_names_and_paths_off_the_standard_are_understood(old: str, new: str) -> None:
    parts = members(page(NOTICE))
    changed = {name: content.replace(old, new) for name, content in parts.items() if isinstance(content, str)}
    assert changed != parts
    assert texts(read(packed(changed))) == [FIRST, SECOND]


def test_parts_in_gbk_are_read() -> None:
    parts = members(page(NOTICE))
    content = '<?xml version="1.0" encoding="GB2312"?>' + str(parts["Doc_0/Pages/0.xml"]).replace("企业", "企业镕")
    reading = read(packed({**parts, "Doc_0/Pages/0.xml": content.encode("gbk")}))
    assert texts(reading)[0] == FIRST.replace("企业", "企业镕")


def test_a_damaged_page_is_named_and_the_others_are_read() -> None:
    parts = members(page(lines("第一页。")), page(lines("第二页。")), page(lines("第三页。")))
    cut = str(parts["Doc_0/Pages/1.xml"])
    reading = read(packed({**parts, "Doc_0/Pages/1.xml": "", "Doc_0/Pages/2.xml": cut.replace("第二", "末")[:-30]}))
    assert texts(reading) == ["第一页。", "末页。"]
    assert {note.kind for note in reading.notes} == {"damaged"}
    assert {note.what for note in reading.notes} >= {"Doc_0/Pages/1.xml", "Doc_0/Pages/2.xml"}


def test_entities_are_not_opened() -> None:
    bomb = "<!DOCTYPE x [<!ENTITY a 'AAAAAAAAAA'><!ENTITY b '&a;&a;&a;&a;'>]>"
    one = text("实体", LEFT, 40).replace("实体", "实&b;体")
    parts = members("")
    reading = read(packed({**parts, "Doc_0/Pages/0.xml": bomb + page(one)}))
    assert "A" not in "".join(texts(reading))


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"PK\x03\x04 broken", "cannot be read as an OFD file"),
        (packed({"OFD.xml": "<OFD/>"}), "names no page"),
        (packed({"OFD.xml": "no xml at all"}), "names no page"),
        (packed({"other.xml": "<a/>"}), "names no page"),
    ],
)
def test_what_is_no_ofd_file_is_an_error_that_names_it(data: bytes, message: str) -> None:
    with pytest.raises(InputError, match=f"^通报.ofd: .*{message}"):
        read(data)


def test_a_file_that_swells_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzip, "UNPACKED_MOST", 500)
    with pytest.raises(InputError, match="would unpack to more than"):
        read(ofd(page(NOTICE)))


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "lxml", None)
    with pytest.raises(MissingExtraError, match=r"local-government-classifier\[documents\]"):
        read(ofd(page(NOTICE)))


HAN = st.text(st.sampled_from("民风长门县乡镇村户企业项目资金道路学校医院粮食水利林草"), min_size=1, max_size=140)
_WIDTH, _ROWS = 30, 24


@settings(max_examples=60, deadline=None)
@given(st.lists(HAN, min_size=1, max_size=12))
def test_every_paragraph_comes_out_once_and_in_order(bodies: list[str]) -> None:
    """Set as office programs set it: indented by two characters, 30 a line, 24 lines a page."""
    paragraphs = [f"{chr(0x4E10 + i)}{chr(0x5210 + i)}{body}。" for i, body in enumerate(bodies)]
    rows = []
    for one in paragraphs:
        indented = "\u3000\u3000" + one
        rows += [indented[i : i + _WIDTH] for i in range(0, len(indented), _WIDTH)]
    rows.append("\u3000\u3000" + "终" * (_WIDTH - 2))  # one full line, so that the right edge is known
    waiting = iter(rows)
    pages = []
    while some := list(islice(waiting, _ROWS)):
        pages.append(page(lines(*some)))
    assert "".join(texts(read(ofd(*pages)))) == "".join(paragraphs) + "终" * (_WIDTH - 2)
    assert texts(read(ofd(*pages)))[: len(paragraphs)] == paragraphs


def test_a_label_that_is_spread_over_its_cell_is_one() -> None:
    """名 and 称： in objects of their own, as in invoices and licences; 男 and 女 stay two cells."""
    rows = [
        [("名", 20), ("称：河湾县粮油公司", 40), ("男", 120), ("女", 160)],
        [("地", 20), ("址：北街8号", 40), ("是", 120), ("否", 160)],
        [("合", 20), ("计", 40), ("12", 120), ("34", 160)],
    ]
    shown = [text(words, x, 40 + 10 * i) for i, row in enumerate(rows) for words, x in row]
    assert texts(read(ofd(page(*shown)))) == [
        "名称：河湾县粮油公司 | 男 | 女",
        "地址：北街8号 | 是 | 否",
        "合计 | 12 | 34",
    ]


def test_a_character_beside_a_label_of_one_s_own_is_a_cell() -> None:
    """优 and 良：80分以上 are two grades, 男 and 女：15人 two figures: no label begins like that."""
    rows = [[("优", 20), ("良：80分以上", 40)], [("男", 20), ("女：15人", 40)], [("甲", 20), ("乙：已完成", 40)]]
    shown = [text(words, x, 40 + 10 * i) for i, row in enumerate(rows) for words, x in row]
    found = " ".join(texts(read(ofd(page(*shown)))))
    assert not [one for one in ("优良", "男女", "甲乙") if one in found]
