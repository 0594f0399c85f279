"""What stands inside a paragraph is read as Word shows it."""

import pytest

from classifier.documents.document import Block
from tests.documents.word.making import notes, p, r, read, roles, texts

BASE = "县里出台十条惠企措施。"


def field(code: str, result: str) -> str:
    parts = [f"<w:instrText>{code}</w:instrText>", '<w:fldChar w:fldCharType="separate"/>']
    begin, end = '<w:fldChar w:fldCharType="begin"/>', '<w:fldChar w:fldCharType="end"/>'
    runs = "".join(f"<w:r>{one}</w:r>" for one in [begin, *parts])
    return runs + r(result) + f"<w:r>{end}</w:r>"


def fieldless(code: str, data: str = "") -> str:
    begin = f'<w:fldChar w:fldCharType="begin">{data}</w:fldChar>'
    end = '<w:fldChar w:fldCharType="end"/>'
    return "".join(f"<w:r>{one}</w:r>" for one in (begin, f"<w:instrText>{code}</w:instrText>", end))


@pytest.mark.parametrize(
    "wrapping",
    [
        "<w:sdt><w:sdtPr><w:alias w:val='题'/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>",
        "<w:ins w:id='1' w:author='甲'>{}</w:ins>",
        "<w:moveTo w:id='1' w:author='甲'>{}</w:moveTo>",
        "<w:smartTag w:element='place'><w:smartTagPr><w:attr w:name='x' w:val='y'/></w:smartTagPr>{}</w:smartTag>",
        "<w:customXml w:element='x'><w:customXmlPr/>{}</w:customXml>",
        "<w:hyperlink r:id='rId77'>{}</w:hyperlink>",
        "<w:fldSimple w:instr='DOCPROPERTY 文号'>{}</w:fldSimple>",
        "<w:dir w:val='ltr'>{}</w:dir>",
        "<w:bdo w:val='ltr'>{}</w:bdo>",
        "<w:unknown><w:deeper>{}</w:deeper></w:unknown>",
        "<mc:AlternateContent><mc:Choice Requires='w14'>{}</mc:Choice></mc:AlternateContent>",
    ],
)
@pytest.mark.parametrize("inline", [True, False])
def test_wrapped_text_is_read(wrapping: str, inline: bool) -> None:
    """Whatever stands around a run or a paragraph, its text comes where it stands, once."""
    inner = r("十条惠企") if inline else p(BASE)
    body = f"<w:p>{r('县里出台')}{wrapping.format(inner)}{r('措施。')}</w:p>" if inline else wrapping.format(inner)
    assert texts(p("前。") + body + p("后。")) == ["前。", BASE, "后。"]


def test_tracked_changes_count_as_accepted() -> None:
    """Deleted and moved-away text is left out and counted, inserted and moved-here text is read."""
    away = f"<w:moveFrom w:id='3'>{r('学位')}</w:moveFrom>"
    here = f"<w:moveTo w:id='4'>{r('学位')}</w:moveTo>"
    gone = "<w:del w:id='1'><w:r><w:delText>旧措施</w:delText></w:r></w:del>"
    undone = "<w:ins w:id='2'><w:del w:id='5'><w:r><w:delText>又删</w:delText></w:r></w:del></w:ins>"
    reading = read(f"<w:p>{away}{r('新增')}{here}{gone}{undone}{r('一千个。')}</w:p>")
    assert roles(reading) == [("body", "新增学位一千个。")]
    assert notes(reading) == {"deleted_text": 7}


def test_a_deleted_paragraph_mark_joins_two_paragraphs() -> None:
    """Where the mark between two paragraphs is deleted, they are one."""
    first = p("深化改革，", "<w:rPr><w:del w:id='1'/></w:rPr>")
    assert texts(first + p("扩大开放。") + p("完。")) == ["深化改革，扩大开放。", "完。"]
    assert texts(p("前。") + p("独句。", "<w:rPr><w:del w:id='1'/></w:rPr>")) == ["前。", "独句。"]


def test_a_deleted_paragraph_leaves_nothing() -> None:
    gone = "<w:p><w:pPr><w:rPr><w:del w:id='1'/></w:rPr></w:pPr><w:del w:id='2'><w:r><w:delText>删去</w:delText></w:r></w:del></w:p>"
    reading = read(p("一。") + gone + p("二。"))
    assert (roles(reading), notes(reading)) == ([("body", "一。"), ("body", "二。")], {"deleted_text": 2})


def test_properties_before_a_change_are_not_read_as_those_after() -> None:
    """What w:rPrChange keeps is the old look: text that was hidden once is read."""
    shown = r("现在可见", "<w:rPrChange w:id='1'><w:rPr><w:vanish/></w:rPr></w:rPrChange>")
    assert texts(f"<w:p>{shown}</w:p>") == ["现在可见"]


def test_phonetic_guides_give_the_base_text() -> None:
    """Pinyin above characters stays out of the words, and its amount is said."""
    ruby = f"<w:r><w:ruby><w:rubyPr/><w:rt>{r('pin')}</w:rt><w:rubyBase>{r('品')}</w:rubyBase></w:ruby></w:r>"
    reading = read(f"<w:p>{r('打造')}{ruby}{r('牌。')}</w:p>")
    assert (roles(reading), notes(reading)) == ([("body", "打造品牌。")], {"phonetic": 3})


def test_fields_give_their_results() -> None:
    """Codes of fields are no text, those of nested fields neither; results are."""
    nested = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>IF </w:instrText></w:r>'
        + field("MERGEFIELD 乡镇", "不显示")
        + '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + r("城关镇")
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    body = f"<w:p>{r('截至')}{field('DATE', '五月')}{r('，')}{nested}{r('已完成。')}</w:p>"
    assert texts(body) == ["截至五月，城关镇已完成。"]


def test_a_field_may_span_paragraphs() -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>QUOTE</w:instrText></w:r>'
    separate, end = (f'<w:r><w:fldChar w:fldCharType="{one}"/></w:r>' for one in ("separate", "end"))
    body = f"<w:p>{begin}</w:p><w:p>{separate}{r('首段。')}</w:p><w:p>{r('次段。')}{end}</w:p>"
    assert texts(body) == ["首段。", "次段。"]


@pytest.mark.parametrize("kind", ["begin", "separate", "end"])
def test_a_field_mark_without_the_others_swallows_nothing(kind: str) -> None:
    mark = f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
    assert texts(f"<w:p>{mark}{r('照常')}</w:p>" + f"<w:p>{field('PAGE', '3')}{r('读入。')}</w:p>") == [
        "照常",
        "3读入。",
    ]


@pytest.mark.parametrize(
    ("code", "shown"),
    [
        (r"EQ \o\ac(○,3)", "③"),
        (r"eq \o\ac(○,四)", "㊃"),
        (r"EQ \o\ac(○,甲)", "甲"),
        (r"EQ \o(\s\up 5(AB),\s\do 2(CD))", "ABCD"),
        (r"EQ \f(1,2)", "1/2"),
        (r"EQ \r(3,x)", "3√x"),
        (r"EQ \x(框)", "框"),
        ("MACROBUTTON NoMacro [在此填写单位]", "[在此填写单位]"),
        ("TC “目录项”", ""),
        (r"EQ \o(", ""),
        (r"EQ \o\ac(○,", ""),
    ],
)
def test_fields_that_keep_no_result_give_what_they_show(code: str, shown: str) -> None:
    assert texts(f"<w:p>{r('甲')}{fieldless(code)}{r('乙')}</w:p>") == [f"甲{shown}乙"]


def test_old_phonetic_guides_give_the_words_and_count_the_reading() -> None:
    code = r"EQ \* jc2 \* &quot;Font:宋体&quot; \* hps10 \o\ad(\s\up 9(zhao),招)"
    reading = read(f"<w:p>{r('甲')}{fieldless(code)}{r('乙')}</w:p>")
    assert [one.text for one in reading.blocks] == ["甲招乙"]
    assert notes(reading) == {"phonetic": 4}


def test_form_fields_give_their_state() -> None:
    box = "<w:ffData><w:checkBox><w:default w:val='0'/>{}</w:checkBox></w:ffData>"
    options = "<w:ffData><w:ddList><w:result w:val='1'/><w:listEntry w:val='是'/><w:listEntry w:val='否'/></w:ddList></w:ffData>"
    checked = fieldless("FORMCHECKBOX", box.format("<w:checked/>")) + fieldless("FORMCHECKBOX", box.format(""))
    assert texts(f"<w:p>{checked}{fieldless('FORMDROPDOWN', options)}</w:p>") == ["☒☐否"]


def test_breaks_tabs_and_hyphens() -> None:
    """Soft breaks are line feeds, tabs stay; carriage returns never come."""
    body = f"<w:p>{r('甲')}<w:r><w:tab/></w:r>{r('乙')}<w:r><w:br/></w:r>{r('丙')}<w:r><w:cr/><w:noBreakHyphen/><w:softHyphen/></w:r>{r('丁')}</w:p>"
    assert texts(body) == ["甲\t乙\n丙\n-丁"]


def test_page_breaks_at_the_ends_of_a_paragraph_are_no_text() -> None:
    page = '<w:r><w:br w:type="page"/></w:r>'
    assert texts(f"<w:p>{page}{r('第二页。')}</w:p><w:p>{page}</w:p>") == ["第二页。"]


def test_white_space_as_word_takes_it() -> None:
    """Line breaks of the XML are no text; blanks at the ends count where they are to be preserved."""
    kept = "<w:r><w:t xml:space='preserve'> 二</w:t></w:r>"
    body = f"<w:p><w:r><w:t>\n   缩排\n  文件\n </w:t></w:r>{kept}<w:r><w:t>　三 </w:t></w:r></w:p>"
    assert texts(body) == ["缩排   文件 二　三"]


@pytest.mark.parametrize(
    ("font", "code", "shown"),
    [
        ("Wingdings", "F0FE", "☑"),
        ("Wingdings", "FE", "☑"),
        ("Wingdings 2", "F052", "☑"),
        ("Wingdings 2", "00A3", "□"),
        ("Symbol", "F061", "α"),
        ("宋体", "25CF", "●"),
        ("Arial", "F041", "A"),
    ],
)
def test_symbols_are_characters(font: str, code: str, shown: str) -> None:
    assert texts(f'<w:p><w:r><w:sym w:font="{font}" w:char="{code}"/></w:r>{r("同意")}</w:p>') == [f"{shown}同意"]


@pytest.mark.parametrize(
    ("font", "code"), [("Webdings", "F06E"), ("某某图标", "E123"), ("Wingdings", "F0D5"), ("宋体", "x")]
)
def test_a_symbol_without_a_character_is_noted(font: str, code: str) -> None:
    reading = read(f'<w:p>{r("甲")}<w:r><w:sym w:font="{font}" w:char="{code}"/></w:r></w:p>')
    assert (roles(reading), notes(reading)) == ([("body", "甲")], {"glyphs_without_characters": 1})


def test_letters_set_in_a_symbol_font_are_its_signs() -> None:
    """Check boxes of forms are often a letter R in Wingdings 2."""
    font = '<w:rFonts w:ascii="Wingdings 2" w:hAnsi="Wingdings 2"/>'
    assert texts(f"<w:p>{r('R', font)}{r('是')}{r('&#xF0A3;', font)}{r('否 R')}</w:p>") == ["☑是□否 R"]


HIDDEN_STYLES = """<w:style w:type="character" w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="base"><w:rPr><w:vanish/></w:rPr></w:style>
<w:style w:type="paragraph" w:styleId="s"><w:basedOn w:val="base"/></w:style>"""


@pytest.mark.parametrize(
    ("paragraph", "run", "hidden"),
    [
        ("", "<w:vanish/>", True),
        ("", '<w:vanish w:val="0"/>', False),
        ("", "<w:webHidden/>", False),
        ("", '<w:rStyle w:val="c"/>', True),
        ('<w:pStyle w:val="s"/>', "", True),
        ('<w:pStyle w:val="s"/>', '<w:vanish w:val="false"/>', False),
        ('<w:pStyle w:val="missing"/>', '<w:rStyle w:val="missing"/>', False),
    ],
)
def test_hidden_text_is_left_out_and_counted(paragraph: str, run: str, hidden: bool) -> None:
    body = f"<w:p><w:pPr>{paragraph}</w:pPr>{r('暗语', run)}</w:p>" + p("明文。")
    reading = read(body, {"styles": HIDDEN_STYLES})
    assert roles(reading) == [("body", one) for one in (["明文。"] if hidden else ["暗语", "明文。"])]
    assert notes(reading) == ({"hidden_text": 2} if hidden else {})


def test_hidden_fields_and_objects_stay_out_whole() -> None:
    hidden = "<w:rPr><w:vanish/></w:rPr>"
    mark = '<w:r>{}<w:fldChar w:fldCharType="{}"/></w:r>'
    body = (
        f"<w:p>{mark.format(hidden, 'begin')}<w:r>{hidden}<w:instrText>XE</w:instrText></w:r>{mark.format(hidden, 'end')}"
        f"<w:r>{hidden}<w:pict><v:shape><v:textbox><w:txbxContent>{p('暗框')}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
        f"{r('可见。')}</w:p>"
    )
    reading = read(body)
    assert (roles(reading), notes(reading)) == ([("body", "可见。")], {"hidden_text": 2})


def test_comments_are_left_out_and_counted() -> None:
    body = f"<w:p><w:commentRangeStart w:id='1'/>{r('原文')}<w:commentRangeEnd w:id='1'/><w:r><w:commentReference w:id='1'/></w:r></w:p>"
    comments = {"word/comments.xml": "<x/>"}
    reading = read(body, comments, {"rId5": ("comments", "comments.xml")})
    assert (roles(reading), notes(reading)) == ([("body", "原文")], {"comments": 1})


def test_a_dropped_capital_belongs_to_the_paragraph_it_begins() -> None:
    capital = p("今", '<w:framePr w:dropCap="drop" w:lines="3"/>')
    assert texts(capital + p("年以来，项目加快。")) == ["今年以来，项目加快。"]


M_RUN = "<m:r><m:t>{}</m:t></m:r>"


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (M_RUN.format("x+y=2"), "x+y=2"),
        (f"<m:f><m:fPr/><m:num>{M_RUN.format('a+b')}</m:num><m:den>{M_RUN.format('12')}</m:den></m:f>", "(a+b)/12"),
        (f"<m:sSup><m:e>{M_RUN.format('10')}</m:e><m:sup>{M_RUN.format('3')}</m:sup></m:sSup>", "10^3"),
        (f"<m:sSub><m:e>{M_RUN.format('x')}</m:e><m:sub>{M_RUN.format('i+1')}</m:sub></m:sSub>", "x_(i+1)"),
        (f"<m:rad><m:deg/><m:e>{M_RUN.format('x')}</m:e></m:rad>", "√x"),
        (f"<m:d><m:e>{M_RUN.format('x')}</m:e><m:e>{M_RUN.format('y')}</m:e></m:d>", "(x|y)"),
        (
            f"<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{M_RUN.format('1')}</m:sub><m:sup>{M_RUN.format('n')}</m:sup>"
            f"<m:e>{M_RUN.format('x')}</m:e></m:nary>",
            "∑_1^nx",
        ),
        (f"<m:m><m:mPr/><m:mr><m:e>{M_RUN.format('a')}</m:e><m:e>{M_RUN.format('b')}</m:e></m:mr></m:m>", "a, b"),
        (f"<m:limLow><m:e>{M_RUN.format('max')}</m:e><m:lim>{M_RUN.format('x')}</m:lim></m:limLow>", "max_x"),
        (f"<m:box><m:e>{r('达标率')}</m:e></m:box><w:del><m:r><m:t>旧</m:t></m:r></w:del>", "达标率"),
    ],
)
def test_formulas_on_one_line(formula: str, shown: str) -> None:
    assert texts(f"<w:p>{r('即')}<m:oMathPara><m:oMath>{formula}</m:oMath></m:oMathPara></w:p>") == [f"即{shown}"]


def test_text_outside_of_any_paragraph_is_read() -> None:
    """Files of small programs put runs and formulas where none should stand; a table in a paragraph is not lost."""
    body = r("散落的字。") + f"<m:oMathPara><m:oMath>{M_RUN.format('x=1')}</m:oMath></m:oMathPara>"
    inside = f"<w:p>{r('前')}<w:tbl><w:tr><w:tc>{p('格')}</w:tc></w:tr></w:tbl></w:p>"
    assert [" ".join(one.split()) for one in texts(body + inside)] == ["散落的字。", "x=1", "前 格"]


def test_headings_by_outline_level() -> None:
    """A level stands in the paragraph, in its style, or in a style below; Word's own heading styles have one."""
    styles = """<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>
    <w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:pPr><w:outlineLvl w:val="0"/></w:pPr></w:style>
    <w:style w:type="paragraph" w:styleId="sub"><w:name w:val="县标题"/><w:basedOn w:val="1"/></w:style>
    <w:style w:type="paragraph" w:styleId="loop"><w:name w:val="x"/><w:basedOn w:val="loop"/></w:style>
    <w:style w:type="paragraph" w:styleId="t"><w:name w:val="Title"/></w:style>
    <w:style w:type="paragraph" w:styleId="toc"><w:name w:val="toc 2"/></w:style>"""
    looks = [
        '<w:pStyle w:val="1"/>',
        '<w:pStyle w:val="sub"/>',
        '<w:pStyle w:val="1"/><w:outlineLvl w:val="9"/>',
        '<w:outlineLvl w:val="2"/>',
        '<w:pStyle w:val="Heading4"/>',
        '<w:pStyle w:val="loop"/>',
        '<w:pStyle w:val="t"/>',
        '<w:pStyle w:val="toc"/>',
        "",
    ]
    blocks = read("".join(p("文", one) for one in looks), {"styles": styles}).blocks
    assert [(one.role, one.level) for one in blocks] == [
        ("heading", 1), ("heading", 1), ("body", None), ("heading", 3), ("heading", 4), ("body", None),
        ("heading", None), ("furniture", None), ("body", None),
    ]  # fmt: skip


def test_an_empty_document_is_an_empty_reading() -> None:
    assert read(p() + p("  ") + "<w:sectPr/>").blocks == []
    assert read(p("字")).blocks == [Block("字")]
