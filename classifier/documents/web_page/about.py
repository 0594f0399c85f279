"""What a page says about itself: title, date, source, told apart from its text."""

import re
from dataclasses import dataclass

from classifier.documents.web_page.items import Item
from classifier.documents.web_page.tree import HAN, Page

_TITLES = ("articletitle", "og:title", "twitter:title", "title")
_DATES = ("pubdate", "publishdate", "publish_date", "article:published_time", "og:release_date", "publishtime", "date")
_SOURCES = ("contentsource", "source", "article:source", "og:source")
_SITE = re.compile(r"\s*[_|｜—–]+\s*|\s+[-－»>]+\s+|(?<=[\u4e00-\u9fff])[-－](?=[\u4e00-\u9fff])")
_TITLE_MOST, _INFO_MOST = 120, 260  # characters
_RUNNING = 30  # Han characters from which on an item is the text itself
_BEFORE, _BEHIND = 14, 6  # items around the body's beginning among which title, date and source stand

_STAMP = r"(?:19|20)\d{2}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_DATE = re.compile(
    rf"(?:发布|发文|成文|更新|印发|生成|公开|添加|上传|录入|發布|時間|时间|日期)[^\d]{{0,8}}({_STAMP})|^\W*({_STAMP})"
)
_SOURCE = re.compile(
    r"(?:信息|文章|消息|稿件|内容|新闻|資料|资料)?(?:来源|來源|稿源|出处)\s*[:：]\s*([^\s　|｜【\[（(]{2,40})"
)
_LABELS = (
    r"(?:信息|文章|消息|稿件|内容|新闻)?(?:来源|來源|稿源|出处|作者|编辑|責編|责编|责任编辑|記者|记者|通讯员|审核|审签|校对|供稿|撰稿)|"
    r"发布(?:时间|日期|机构|人|者|单位)?|发文(?:日期|机关|机构|字号)?|(?:成文|印发|生成|公开)(?:时间|日期)|(?:更新|添加|录入|上传)?时间|日期|"
    r"(?:浏览|阅读|点击|访问)(?:次数|数|量|率)?|人气|字号|字体(?:大小)?|视力保护色?|索引号|文号|主题(?:分类|词)|有效性|信息分类|体裁分类|"
    r"公开(?:方式|范围)|标签|关键词|分享(?:到)?|打印|关闭|收藏"
)
_INFO = re.compile(  # a date, a label with or without its value, what stands beside them
    rf"({_STAMP}|(?:{_LABELS})"
    r"(?:\s*[:：/]\s*[^\s　:：|｜]{0,40}(?:\s+\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?|(?![\w]))|\w{1,12}发布(?!\w))|"
    r"(?:[大中小次](?!\w)|\d+|本站\w{0,4}|默认)|\W+"
)
_UNKNOWN_MOST = 6  # characters of a line of facts that are none of these: a name
_FIELD = re.compile(
    r"(?:索引号|文号|发文字号|发布机构|发文机关|主题分类|成文日期|发布日期|信息分类|公开方式|有效性|主题词|名称|标题)\s*[:：]?$"
)


@dataclass(frozen=True)
class About:
    """Title, date, source ("" where unknown), and the places of the items that say them.

    `heading`: the items that are the title, empty where the page shows none.
    """

    title: str
    date: str
    source: str
    heading: tuple[int, ...]
    lines: frozenset[int]


def about(page: Page, items: list[Item], first: int, last: int) -> About:
    """Return what a page says of itself; `first` and `last`: the items of its body."""
    title, heading = _title(page, items, last)
    lines = frozenset(
        place for place in _near(items, first, last) if place not in heading and is_about_line(items[place])
    )
    said = "\n".join(items[place].text for place in sorted(lines))
    date, source = _DATE.search(said), _SOURCE.search(said)
    return About(
        title,
        _meta(page, _DATES) or ((date[1] or date[2]).strip() if date else ""),
        _meta(page, _SOURCES) or (source[1].strip(" ，,。;；】])）") if source else ""),
        heading,
        lines,
    )


def is_about_line(item: Item) -> bool:
    """Tell whether an item is a line of date, source, author, reading figures, or a row of a document's data."""
    if item.role == "row":
        return item.han <= 80 and any(_FIELD.match(cell.strip()) for cell in item.text.split("|")[::2])
    return item.role in {"body", "heading"} and len(item.text) <= _INFO_MOST and _says_facts(item.text)


def _says_facts(text: str) -> bool:
    """Tell whether a line holds facts about the page, and next to nothing else."""
    place, facts, unknown = 0, 0, 0
    while place < len(text) and unknown <= _UNKNOWN_MOST:
        match = _INFO.match(text, place)
        facts += bool(match and match[1])
        unknown += match is None
        place = match.end() if match else place + 1
    return facts > 0 and unknown <= _UNKNOWN_MOST and not re.search("[。；！？]", text)


def is_date(item: Item) -> bool:
    """Tell whether an item is a date and nothing else, as under a document's signature."""
    return bool(re.fullmatch(_STAMP, item.text))


def _near(items: list[Item], first: int, last: int) -> range:
    """Return the places of the items before the body's first running text."""
    end = min(last, first + _BEHIND, len(items))
    begins = (
        place for place in range(first, end) if items[place].han >= _RUNNING and not _says_facts(items[place].text)
    )
    return range(
        max(0, first - _BEFORE), next((begin for begin in begins if items[begin].weight == items[begin].han), end)
    )


def _meta(page: Page, names: tuple[str, ...]) -> str:
    return next((" ".join(page.meta[name].split()) for name in names if page.meta.get(name, "").strip()), "")


def _title(page: Page, items: list[Item], last: int) -> tuple[str, tuple[int, ...]]:
    """Return the title and the items that show it: what the page's head calls it, or its one first heading."""
    named = [
        _bare(one) for one in (_meta(page, _TITLES[:1]), *(page.meta.get(one, "") for one in _TITLES[1:]), page.title)
    ]
    shown = [place for place in range(min(last, len(items))) if _may_be_title(items[place])]
    for place in shown:  # one heading, or one line, that the head says too
        for places in ((place,), (place, place + 1), (place, place + 1, place + 2)):
            text = "".join(_bare(items[one].text) for one in places if one < len(items))
            if len(text) >= 4 and any(text == one or (len(text) >= 8 and text in one) for one in named if one):
                return " ".join(items[one].text.replace("\n", "") for one in places), places
    tops = [place for place in shown if items[place].level == 1 and items[place].han >= 4]
    if len(tops) == 1:
        return items[tops[0]].text, (tops[0],)
    said = _meta(page, _TITLES[:1]) or _without_site(page.title)
    return said, ()


def _may_be_title(item: Item) -> bool:
    return (
        item.role in {"body", "heading"} and 1 < len(item.text) <= _TITLE_MOST and not item.hidden and item.links <= 1
    )


def _bare(text: str) -> str:
    return "".join(text.split())


def _without_site(title: str) -> str:
    """Return the longest part of a page's title: it stands beside the site's and the column's names."""
    parts = [part.strip() for part in _SITE.split(title) if part.strip()]
    return max(parts, key=lambda part: len(HAN.findall(part)), default="")
