"""Radicals and the ideographs they look like: what PDFs give in place of 民 风 长 门.

The property Equivalent_Unified_Ideograph of the Unicode Character Database, version 17.0.0
(EquivalentUnifiedIdeograph.txt; Unicode License v3), for the radicals that compatibility normalising (NFKC) leaves as
they are. Python's unicodedata does not know the property.
"""

# first radical, and the ideographs of it and those that follow it
_RUNS = (
    (0x2E81, "厂乛乚乙亻冂𠘨刀刂卜㔾小小兀尣尢𡯂巳幺彑𫜹忄心扌攵"),
    (0x2E9B, "旡日月歺"),
    (0x2EA0, "民氵氺灬爫爫丬牛犭王𤴔目示礻𥫗糹纟罓罒㓁冗𦉫羊𦍌𦍋耂肀聿肉𦥑艹艹艹虎衤覀西见角𧢲讠贝𧾷"),
    (0x2ECB, "车辶辶辶邑钅長镸长门𨸏阝雨青韦页风飞食𩙿飠饣𩠐马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀"),
)

IDEOGRAPHS = {first + place: ideograph for first, run in _RUNS for place, ideograph in enumerate(run)}
"""Code point of a radical → the ideograph."""
