"""Which province, city or county a document is from, told from its name, its title or its folder."""

import re
from collections.abc import Iterable

from classifier.report.moments import ZEROS
from classifier.report.odd_place_names import LARGE, SMALL

_UNIT = "省|自治区|特别行政区|自治州|地区|盟|市|州|自治县|自治旗|县|旗"  # of these a name tells by itself
_SMALL = "区|镇|乡|街道"  # of these only behind a larger one, before an office or a year, or alone (a folder's name)
_OFFICE = "人民政府|政府|区委|镇委|党委|党工委|工委|管委会|管理委员会|办事处|人大|政协"
_BEHIND = rf"(?:{_OFFICE})|\s*\d{{4}}\s*年|$"  # 老旧小区改造 is no place
_NAME = "[\u4e00-\u9fff]{2,7}?"
_COUNTY = "[\u4e00-\u9fff]县"  # 沛县: counties alone may have a name of one character
_ODD = frozenset(LARGE + SMALL)
_DISTRICT = rf"{'|'.join(SMALL)}|{_NAME}(?:{_SMALL})"
_ALONE = re.compile(rf"(?:{_DISTRICT})+(?={_BEHIND})")
_PART = re.compile(rf"{'|'.join(LARGE)}|(?!{'|'.join(SMALL)}){_COUNTY}|{_NAME}(?:{_UNIT})")
_SMALL_PART = re.compile(_DISTRICT)
_NUMBER = rf"[\d{ZEROS}一二三四五六七八九十]"
_BEFORE = re.compile(  # 2023年1月5日 《, but nothing of 20230105日照市
    rf"(?:[\W\d_]|{_NUMBER}+(?=[年月日])|(?<={_NUMBER})(?!日照市|日喀则|日土县|月湖区)(?:年度?|月|日))*"
)
_PROVINCES = {
    **dict.fromkeys(("北京", "天津", "上海", "重庆"), "市"),
    **dict.fromkeys(("河北", "山西", "辽宁", "吉林", "黑龙江", "江苏", "浙江", "安徽", "福建", "江西", "山东"), "省"),
    **dict.fromkeys(("河南", "湖北", "湖南", "广东", "海南", "四川", "贵州", "云南", "陕西", "甘肃", "青海"), "省"),
    "台湾": "省",
    "内蒙古": "自治区",
    "西藏": "自治区",
    "广西": "壮族自治区",
    "宁夏": "回族自治区",
    "新疆": "维吾尔自治区",
    "香港": "特别行政区",
    "澳门": "特别行政区",
}
# 河北, 河北2021年政府工作报告: called in short, by themselves or before a date or an office; 北京大学 is no province
_SHORT = re.compile(rf"({'|'.join(_PROVINCES)})(?=$|[^\u4e00-\u9fff]|(?:政府|人民政府|人大|政协)(?:工作)?(?:报告|$))")
_NO_NAME = re.compile(  # what ends like a place: 全市, 智慧城市, 贫困县, 园区, or runs on from a sentence: 政府区长
    "^[第据]|政府|设区市|[的在全各本我该等和与及了是对为把从向于至或由被按将让给就以关进加推抓两三几数每跨]"
    "|[城上股楼夜超集门入菜都开机]市|(?:贫困|百强|示范|先进|试点|帽|穷|强|大|小)县|[园小社城市灾景厂校院片街库]区|部地区"
    "|(?:示范|试验|先行|保护|开发|工业|产业|功能|服务|管理|合作|生态|革命老)区|(?:美丽|特色|重点|中心|各|小城)[镇乡]|乡镇"
)

_KIND = re.compile(  # what kinds of places are called, none of them: folders 县级市, 区县, 其他地区, 农村地区医疗保障
    "自治[区州县旗]|特别行政区|行政区|[市下所]辖区|(?:直辖|地级|县级|副省级|计划单列)市|省直管县|建制镇|[省市区县乡镇]{2,4}"
    "|(?:农村|城市|贫困|欠?发达|民族|少数民族|[边偏]远|沿[海江边]|周边|邻近|其[他它]|部分|重点|相邻|兄弟|[东西中]部|受灾|案例|调研|样本"
    "|对照|试点|实验|农业|工业|牧业|山区|边境|京津冀|[长珠]三角|[华东西][东北南中])(?:地区|[省市区县旗])"
    "|(?:自贸|保税|建成|经济|拆迁|棚户|安置|生活|工矿)区|农贸市"
)
_ALSO = re.compile("[、和与及暨]")  # 安化县、桃江县: a text on both is from neither


def of_document(names: Iterable[str]) -> str:
    """Return the first place that one of these names begins with, behind a date: 安化县2021年政府工作报告 → 安化县.

    `names`: the document's, its title, its folders, the surest first. "" where none tells: a wrong place is worse.
    """
    return next((place for name in names if (place := _of_name(name))), "")


def _of_name(name: str) -> str:
    before = _BEFORE.match(name)
    start = end = before.end() if before else 0
    if short := _SHORT.match(name, start):
        return "" if _is_joined(name, short.end()) else short[1] + _PROVINCES[short[1]]
    while (part := _PART.match(name, end)) and _is_name(part[0]):
        end = part.end()
    if end == start:
        alone = _ALONE.match(name, start)
        return alone[0] if alone and all(map(_is_name, _SMALL_PART.findall(alone[0]))) else ""
    while (part := _SMALL_PART.match(name, end)) and _is_name(part[0]):
        end = part.end()
    return "" if _is_joined(name, end) else name[start:end]


def _is_joined(name: str, end: int) -> bool:
    """Tell whether behind a place, which ends there, another one is named."""
    rest = name[end + 1 :]
    return _ALSO.match(name, end) is not None and (rest.startswith(tuple(_PROVINCES)) or bool(_of_name(rest)))


def _is_name(part: str) -> bool:
    return part in _ODD or not (_NO_NAME.search(part) or _KIND.fullmatch(part))
