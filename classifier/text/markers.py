"""The marks by which Chinese official prose numbers, ends and labels its parts, as regular expressions."""

import re
from functools import lru_cache

_NUMBER = "[一二三四五六七八九十百]{1,4}"
SPACE = "[ \t\xa0\u3000]"

# An ordinal that opens a part: 一、 （一） (1) 1. 1、 第一， 一是 一要 ①
ORDINAL = re.compile(
    rf"(?:第?{_NUMBER}、|[（(](?:{_NUMBER}|\d{{1,2}})[）)]|第{_NUMBER}[，,：:]|\d{{1,2}}[、．.](?!\d)|[①-⑳]|"
    rf"{_NUMBER}(?:是|要|抓|看|则)(?=\S)|第{_NUMBER}(?:条|章|节|方面|个方面)[，,：: ])"
)

# A marker that stands alone on its line and belongs to what follows: 01, (一), 第一, Part 2, ●
ALONE = re.compile(
    rf"(?:part\s*)?(?:\d{{1,3}}|{_NUMBER}|第{_NUMBER}(?:章|节|部分|条)?|[（(【]\s*(?:{_NUMBER}|\d{{1,2}})\s*[）)】]|[①-⑳]|[A-Z])"
    r"\s*[、，,.．:：]?|[●■◆▲★•·▪▶►◎○※\-–—*#|]{1,6}",
    re.IGNORECASE,
)

# What a line ends with that stops in the middle of its sentence
UNFINISHED = frozenset("；;，,、")

SENTENCE_END = "。！？!?；;"
_CLOSING = "”’」』）)】》\"'"
# White space after the end of a sentence: where a document run together on one line can be cut
GAP_AFTER_SENTENCE = re.compile(rf"(?<=[。！？!?])[{_CLOSING}]*({SPACE}+)|(?<=[：:；;])({SPACE}+)(?={ORDINAL.pattern})")
# The place before an ordinal that follows the end of a sentence
BEFORE_ORDINAL = re.compile(rf"(?<=[{SENTENCE_END}：:])[{_CLOSING}]*({SPACE}*)(?={ORDINAL.pattern})")

_STAMP = r"\d{2,4}\s*[-./年]\s*\d{1,2}\s*[-./月]\s*\d{1,2}\s*日?(?:\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?)?"
_BOILERPLATE = re.compile(
    "|".join(
        (
            rf"[（(【\[]?\s*{_STAMP}\s*[）)】\]]?(?:\s*来源.*)?",
            r"(?:[（(【\[]\s*)?(?:信息来源|文章来源|消息来源|稿件来源|来源|來源|原标题|原標題|原题|作者|编辑|編輯|责任编辑|责编|責編|校对|审核|审签|"
            r"监制|终审|初审|复审|一审|二审|三审|供稿|撰稿|撰文|通讯员|摄影|攝影|图片来源|浏览次数|阅读次数|点击数|点击量|访问量|"
            r"发布时间|发布日期|發布時間|发布机构|发文机关|索引号|文号|主题分类|字体|字号|分享到|打印|关键词|标签|栏目|记者|實習生|实习生)"
            r"\s*[:：／/].{0,120}",
            r".{0,60}[\s（(]摄\s*[）)]?|[（(]?.{0,40}(?:摄影|攝影|资料图片?|資料圖片?|资料照片|图为.{0,30}摄)\s*[）)]?\s*[/／|]?\s*[\w·]{0,12}[）)]?",
            r"[（(]?\s*(?:本报|本台|全媒体|融媒体)?\s*(?:记者|通讯员|記者|通訊員)[\s:：].{1,40}",
            r"(?:您)?(?:当前|现在|目前)?(?:的)?位置\s*[:：]?.{0,120}|首页\s*[>＞»›|/-].{0,120}",
            r"(?:上一篇|下一篇|上一条|下一条|上一页|下一页|相关阅读|相关链接|延伸阅读|扫一扫.{0,30}|打印本页|关闭窗口|返回顶部|返回首页|"
            r"网站地图|联系我们|关于我们|设为首页|加入收藏|无障碍浏览|繁體|简体|English)(?:\s*[:：|].{0,80})?",
            r"(?:主办单位|主办|承办|版权所有|技术支持|网站标识码|备案号|政府网站标识码)\s*[:：].{0,120}|.{0,10}ICP备.{0,40}|.{0,20}公网安备.{0,40}",
            r"[（(]\s*(?:完|全文完|编者按|配图|图略|附图|资料图|鼓掌|掌声)\s*[）)]|(?:END|-+\s*END\s*-+|THE END)",
            r"[【\[（(]?\s*(?:字号|字体)\s*[:：]?\s*(?:[大中小]\s*){1,3}[】\])）]?.{0,30}",
            r"[-—–－·•\s]{0,4}第\s*[\d一二三四五六七八九十]{1,4}\s*页(?:[\s,，/／·（(]*(?:共|总)\s*[\d一二三四五六七八九十]{1,4}\s*页[）)]?)?[-—–－·•\s]{0,4}",
            r"[-—–－]{1,2}\s*\d{1,4}\s*[-—–－]{1,2}",  # - 3 -, — 12 —
            r"(?:&nbsp;|&emsp;|&ensp;|&#\d+;|[\W_])+",
        )
    ),
    re.IGNORECASE,
)


@lru_cache(maxsize=4096)
def is_boilerplate(line: str) -> bool:
    """Tell whether a line is a source, a credit, a date or navigation. Remembered: a line is asked about often."""
    return _BOILERPLATE.fullmatch(line) is not None
