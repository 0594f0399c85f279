"""How the makers of pages name their parts: bodies and frames, by id and class, and lines that belong to the frame."""

import re

BODIES = frozenset({
    # government CMSes (TRS, UCAP, Jpage, Visual SiteBuilder, Powereasy …), WeChat, the larger newsrooms
    "zoom", "zoomcon", "js_content", "ucap-content", "ucapcontent", "trs_editor", "trs_ueditor",
    "trs_editor_view", "trs_paper_preappend", "trs_preappend", "pages_content", "pages-content", "vsb_content",
    "vsb_content_2", "vsb_content_4", "vsb_content_6", "vsb_content_100", "vsb_content_500", "vsb_content_501",
    "article-content", "article_content", "articlecontent", "articletext", "newscontent", "news_content",
    "news-content", "newstext", "contentbody", "content_body", "content-body", "contenttext", "maintext",
    "main-text", "main_text", "textbody", "text_con", "textcon", "rm_txt_con", "artibody", "endtext",
    "post_content", "post_text", "detail-content", "detail_content", "detailcontent", "info_content",
    "infocontent", "info-content", "xxgk_content", "xxgk_detail_content", "zwgk_content", "conter_txt",
    "con_text", "con-text", "contxt", "bt_content", "bt-content", "xl_content", "rich_media_content",
    "cms-content", "j-content", "fontzoom", "ewb-article-info", "nr_content", "nrcontent", "main_content",
    "doc_content", "doc-content", "wzcon", "wznr", "wz_content", "arc_body", "article-body", "article_body",
    "articlebody", "entry-content", "view", "content", "article", "nr",
})  # fmt: skip
"""Ids and classes of elements that hold an article's body. A page's text decides in the end."""

_FRAME = [
    "nav", "navi", "navbar", "navigation", "menu", "menus", "submenu", "topnav", "leftnav", "crumb", "crumbs",
    "breadcrumb", "breadcrumbs", "position", "location", "dqwz", "weizhi", "curpos", "path", "footer", "foot",
    "bottom", "copyright", "copyrights", "banner", "logo", "header", "head", "top", "topbar", "toolbar", "tool",
    "tools", "share", "shares", "sharebar", "bdshare", "bdsharebuttonbox", "jiathis", "jiathis_style",
    "related", "relate", "relation", "relevant", "recommend", "recommended", "hot", "hots", "hotnews", "rank",
    "ranking", "sidebar", "side", "aside", "sider", "leftbar", "rightbar", "pager",
    "pagination", "paging", "pagebar", "prev", "next", "prevnext", "updown", "comment", "comments", "login",
    "search", "searchbox", "ad", "ads", "advert", "qrcode", "qr", "ewm", "erweima", "weixin", "print",
    "fontsize", "friendlink", "friendlinks", "links", "link", "yqlj", "app", "mobile", "subscribe", "gotop",
    "backtop", "floatbar", "xgxw", "xgwz", "xgyd", "xgnews", "tuijian",
]  # fmt: skip
_FRAME_NAMES = frozenset(_FRAME)
FRAME_TAGS = frozenset({"nav", "footer", "aside"})
_CAMEL = re.compile("(?<=[a-z])(?=[A-Z])")
_WORDS = re.compile(r"[\s_\-]+")

FRAME_LINE = re.compile(
    r"(?:您|你)?(?:当前|现在|目前|所在)?(?:的)?(?:所在)?位置\s*[:：].{0,120}|首页\s*[>＞»›|/].{0,120}|"
    r"(?:上一篇|下一篇|上一条|下一条|上一页|下一页|相关阅读|相关链接|延伸阅读|相关新闻|相关文章|相关信息)(?:\s*[:：].{0,100})?|"
    r"(?:扫一扫.{0,40}|微信扫一扫.{0,30}|打印本页|打印|关闭窗口|关闭|返回顶部|返回首页|返回|网站地图|联系我们|关于我们|设为首页|加入收藏|"
    r"无障碍浏览|无障碍阅读|收藏|纠错|我要纠错|分享|分享到|分享到\s*[:：].{0,60}|TOP|顶部|"
    r"[【\[（(]\s*(?:打印|关闭|返回|收藏|推荐).{0,30}|"
    r"[【\[（(]?\s*(?:字号|字体)(?:大小)?\s*[:：]?\s*[\[【]?\s*(?:[大中小]\s*[|｜\s]*){1,3}[】\])）]?.{0,30})",
    re.IGNORECASE,
)
"""A line of the frame wherever it stands."""


def is_body(names: str) -> bool:
    """Tell whether an id or classes name an article's body."""
    return any(one in BODIES or one.startswith("vsb_content") for one in names.lower().split())


def is_frame(names: str) -> bool:
    """Tell whether an id or classes name a part of the frame: navLeft, share-box, footer."""
    return any(word.lower() in _FRAME_NAMES for word in _WORDS.split(_CAMEL.sub(" ", names)))
