"""Pages in the shapes that content management systems give them, all with the same article: for tests and for measuring."""

from collections.abc import Callable

TITLE = "河湾县部署秋粮收储工作"
PARAGRAPHS = (
    "9月8日，河湾县召开秋粮收储工作会，听取三个片区的汇报，研究仓容、资金和运力安排。",
    "一、把好入库关",
    "会议提出，各收购点要提前检修烘干设备，公开收购价格，做到随到随收、当场结算，不给农民打白条。",
    "二、管好储粮账",
    "粮食部门要按月盘库，发现亏库、霉变的，三日内上报，并追究保管员和分管负责人的责任。",
    "会议还就学校食堂用粮、困难群众口粮补助和军供站改造作了安排。",
)
INFO = "发布时间：2026-09-09 08:30　来源：河湾县粮食局"
MENU = ("网站首页", "走进河湾", "政务动态", "办事指南", "互动交流", "专题专栏")
NEWS = ("河湾县召开防汛调度会", "全县中小学如期开学", "县医院新门诊楼启用", "城北市场完成改造")

Shape = Callable[[], str]
SHAPES: dict[str, Shape] = {}


def shape(make: Shape) -> Shape:
    SHAPES[make.__name__] = make
    return make


def links(texts: tuple[str, ...], tag: str = "ul") -> str:
    inner = "".join(f'<li><a href="/{i}.html">{text}</a></li>' for i, text in enumerate(texts))
    return f"<{tag}>{inner}</{tag}>"


def ps(texts: tuple[str, ...] = PARAGRAPHS, style: str = "text-indent:2em") -> str:
    return "".join(f'<p style="{style}">{text}</p>' for text in texts)


HEAD = f'<div class="header"><div class="nav">{links(MENU)}</div></div>'
CRUMB = '<div class="crumbs">当前位置：<a href="/">首页</a> &gt; <a href="/a/">政务动态</a> &gt; 正文</div>'
TAIL = (
    f'<div class="sidebar"><h3>热点新闻</h3>{links(NEWS)}</div>'
    '<div class="footer"><p>主办：河湾县人民政府办公室　技术支持：县信息中心</p><p>网站标识码：1234560001　某ICP备11111111号</p></div>'
)


def page(body: str, title: str = f"{TITLE}_河湾县人民政府", head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title>{head}'
        "<style>.nav{color:red}</style><script>var 菜单='不是正文';</script></head>"
        f"<body>{body}</body></html>"
    )


def framed(article: str, **kwargs: str) -> str:
    return page(HEAD + CRUMB + article + TAIL, **kwargs)


@shape
def trs_zoom() -> str:
    inner = f'<div id="zoom"><div class="TRS_Editor">{ps()}</div></div>'
    return framed(f'<div class="main"><h1>{TITLE}</h1><div class="info">{INFO}</div>{inner}</div>')


@shape
def trs_nested_styles() -> str:
    inner = '<div class="trs_editor_view TRS_UEDITOR trs_paper_default"><style>p{}</style>' + ps() + "</div>"
    return framed(f'<div class="xl"><div class="xl_tit">{TITLE}</div><div class="xl_info">{INFO}</div>{inner}</div>')


@shape
def ucap() -> str:
    head = f'<meta name="ArticleTitle" content="{TITLE}"><meta name="PubDate" content="2026-09-09 08:30">'
    return framed(
        f'<div class="article"><h1>{TITLE}</h1><p>{INFO}</p><ucapcontent>{ps()}</ucapcontent></div>', head=head
    )


@shape
def gov_cn_pages_content() -> str:
    inner = f'<td class="pages_content" id="UCAP-CONTENT">{ps()}</td>'
    return framed(f'<table width="100%"><tr><td><h1>{TITLE}</h1>{INFO}</td></tr><tr>{inner}</tr></table>')


@shape
def visual_sitebuilder() -> str:
    inner = f'<div id="vsb_content_2"><div class="v_news_content">{ps()}</div></div>'
    return framed(f'<form name="_newscontent_fromname"><h1>{TITLE}</h1><div>{INFO}</div>{inner}</form>')


@shape
def wechat_hidden() -> str:
    inner = "".join(f"<section><p><span>{text}</span></p></section>" for text in PARAGRAPHS)
    return page(
        f'<div id="js_article"><h1 id="activity-name">{TITLE}</h1><div id="meta_content"><span>河湾发布</span>'
        f'<em>2026-09-09 08:30</em></div><div id="js_content" style="visibility: hidden; opacity: 0;">{inner}</div></div>'
        '<div class="qr_code">微信扫一扫关注该公众号</div>'
    )


@shape
def revealed_by_script() -> str:
    return framed(
        f'<h1>{TITLE}</h1><div class="loading">加载中</div><div class="text" style="display:none">{ps()}</div>'
    )


@shape
def layout_tables() -> str:
    menu = "".join(f'<tr><td><a href="{i}">{text}</a></td></tr>' for i, text in enumerate(MENU))
    inner = "<br><br>　　".join(PARAGRAPHS)
    return page(
        f'<table width="1000"><tr><td width="200"><table>{menu}</table></td><td><table><tr><td align="center">'
        f'<font size="5">{TITLE}</font></td></tr><tr><td>{INFO}</td></tr><tr><td>　　{inner}</td></tr></table></td></tr></table>'
        '<table><tr><td align="center">主办：河湾县人民政府办公室</td></tr></table>'
    )


@shape
def breaks_and_indents() -> str:
    inner = "<br>".join(f"　　{text}" for text in PARAGRAPHS)
    return framed(f'<div class="main"><h2>{TITLE}</h2><div>{INFO}</div><div class="neirong">{inner}</div></div>')


@shape
def breaks_and_nbsp() -> str:
    inner = "<br/>\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{text}" for text in PARAGRAPHS)
    return framed(f'<div class="main"><h2>{TITLE}</h2><div>{INFO}</div><div class="neirong">{inner}</div></div>')


@shape
def divs_for_paragraphs() -> str:
    inner = "".join(f"<div>{text}</div>" for text in PARAGRAPHS)
    return framed(f'<div class="wrap"><h1>{TITLE}</h1><div>{INFO}</div><div>{inner}</div></div>')


@shape
def pasted_from_word() -> str:
    def cut(text: str) -> str:
        return "".join(f'<span lang="EN-US" style="font-family:仿宋">{one}</span><o:p></o:p>' for one in text)

    inner = "".join(f'<p class="MsoNormal" style="mso-char-indent-count:2.0">{cut(text)}</p>' for text in PARAGRAPHS)
    return framed(f'<h1>{TITLE}</h1><div class="info">{INFO}</div><div class="content">{inner}</div>')


@shape
def fonts_and_single_characters() -> str:
    inner = "".join(f"<p>{'<font>　</font>'}{''.join(f'<b>{a}</b>' for a in text)}</p>" for text in PARAGRAPHS)
    return framed(f'<h1>{TITLE}</h1><div class="info">{INFO}</div><div class="view">{inner}</div>')


@shape
def html5_article() -> str:
    return page(
        f"<nav>{links(MENU)}</nav><main><article><header><h1>{TITLE}</h1><time>2026-09-09</time></header>{ps()}</article></main>"
        f"<aside><h2>推荐阅读</h2>{links(NEWS)}</aside><footer>主办：河湾县人民政府办公室</footer>"
    )


@shape
def no_names_at_all() -> str:
    return page(
        f"<div><div>{links(MENU)}</div><div><div>{TITLE}</div><div>{INFO}</div>{ps()}</div><div>{links(NEWS)}</div></div>"
    )


@shape
def related_inside_the_body() -> str:
    related = f'<div class="xg"><h4>相关阅读</h4>{links(NEWS)}</div>'
    return framed(f'<div class="wenzhang"><h1>{TITLE}</h1><div>{INFO}</div>{ps()}{related}</div>')


@shape
def share_bar_and_pager_inside_the_body() -> str:
    tools = '<div class="share">分享到：<a href="#">微博</a> <a href="#">微信</a></div><p>【打印本页】【关闭窗口】</p>'
    pager = '<p>上一篇：<a href="1">河湾县召开防汛调度会</a></p><p>下一篇：<a href="2">全县中小学如期开学</a></p>'
    return framed(f'<div class="nei"><h1>{TITLE}</h1><div>{INFO}　【字体：大 中 小】</div>{tools}{ps()}{pager}</div>')


@shape
def upper_case_tags_unclosed() -> str:
    inner = "".join(f"<P>{text}" for text in PARAGRAPHS)
    return f"<HTML><TITLE>{TITLE}</TITLE><BODY><CENTER><H3>{TITLE}</H3></CENTER><P>{INFO}{inner}</BODY></HTML>"


@shape
def text_behind_the_end() -> str:
    return page("<div></div>") + f"<h1>{TITLE}</h1><div>{INFO}</div>{ps()}"


@shape
def two_documents_in_one() -> str:
    half = len(PARAGRAPHS) // 2
    second = page(ps(PARAGRAPHS[half:]))
    return page(f"<h1>{TITLE}</h1><div>{INFO}</div>{ps(PARAGRAPHS[:half])}{second}")


@shape
def article_in_pages() -> str:
    parts = "".join(f'<div class="page">{ps(PARAGRAPHS[i : i + 2])}</div>' for i in range(0, len(PARAGRAPHS), 2))
    return framed(f'<h1>{TITLE}</h1><div>{INFO}</div><div class="book">{parts}</div>')


@shape
def list_items_for_paragraphs() -> str:
    inner = "".join(f"<li>{text}</li>" for text in PARAGRAPHS)
    return framed(f'<h1>{TITLE}</h1><div>{INFO}</div><ul class="wz" style="list-style:none">{inner}</ul>')


@shape
def links_in_the_body() -> str:
    inner = "".join(f'<p><a href="/k/{i}">{text[:6]}</a>{text[6:]}</p>' for i, text in enumerate(PARAGRAPHS))
    return framed(f'<h1>{TITLE}</h1><div>{INFO}</div><div class="detail-content">{inner}</div>')


@shape
def title_in_the_body_again() -> str:
    inner = f'<p style="text-align:center"><strong>{TITLE}</strong></p>{ps()}'
    return framed(f'<h1>{TITLE}</h1><div class="info">{INFO}</div><div id="zoom">{inner}</div>')


@shape
def information_table_above() -> str:
    table = (
        "<table class='xxgk'><tr><td>索引号：</td><td>123456/2026-00008</td><td>主题分类：</td><td>粮食</td></tr>"
        "<tr><td>发文机关：</td><td>河湾县粮食局</td><td>成文日期：</td><td>2026年9月8日</td></tr></table>"
    )
    return framed(f'<div class="con">{table}<h1>{TITLE}</h1><div class="nr">{ps()}</div></div>')


@shape
def comments_and_recommendations_below() -> str:
    comments = "".join(
        f'<div class="comment-item"><b>网友{i}</b><p>说得好，支持一下，盼早日落实。</p></div>' for i in range(3)
    )
    return framed(
        f'<h1>{TITLE}</h1><div>{INFO}</div><div class="post_body">{ps()}</div><div class="comments">{comments}</div>'
        f'<div class="recommend">{links(NEWS)}</div>'
    )


@shape
def hidden_menu_and_tips() -> str:
    tips = '<div style="display:none">请使用谷歌浏览器访问本站</div>'
    return framed(
        f'<div style="display:none">{links(NEWS)}</div><h1>{TITLE}</h1><div>{INFO}</div><div id="zoom">{ps()}{tips}</div>'
    )


@shape
def xml_declaration_and_comment_first() -> str:
    return '<?xml version="1.0" encoding="utf-8"?>\n<!-- 由内容管理系统生成 -->\n' + framed(
        f'<h1>{TITLE}</h1><div>{INFO}</div><div class="view TRS_UEDITOR">{ps()}</div>'
    )


@shape
def saved_by_word() -> str:
    inner = "".join(f'<p class=MsoNormal><span style="mso-spacerun:yes">{text}</span></p>' for text in PARAGRAPHS)
    return (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset="utf-8"><title>'
        + TITLE
        + "</title>"
        "<!--[if gte mso 9]><xml><o:DocumentProperties><o:Author>不是正文</o:Author></o:DocumentProperties></xml><![endif]-->"
        f"</head><body><div class=WordSection1><p class=MsoTitle align=center>{TITLE}</p>{inner}</div></body></html>"
    )
