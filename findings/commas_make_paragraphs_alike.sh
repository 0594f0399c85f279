#!/usr/bin/env bash
# tors 0.16.0: dedup_near_dup (simhash, 0.9: what it does unasked), which drops near-duplicates from a list of texts.
# Expected: unrelated paragraphs stay; its own stub says that unrelated sentences are at least 23 of 64 bits apart. What one could fear
# of Chinese is the opposite, that a text without spaces is one word and nothing is ever a near-duplicate.
# Does: a word is what Unicode's rules call one, that is a single character, and a comma is one too, the most frequent of all, so that
# the commas decide: 300 paragraphs with no character in common but ，。 are 15.5 bits apart, and 38 of them are dropped; with spaces for the
# commas none is. Twelve clauses a paragraph, no clause twice: 74 of 500 are dropped. method="shingle" drops none of either.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check tors==0.16.0
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import random
from itertools import combinations
from statistics import mean

import tors

CLAUSES = """全县新建农村公路三十五公里，改造危桥六座，通村客车开到家门口，群众出行更方便，把会议精简三成，把文件压到两页，基层干部腾出手来，
走村入户听意见，县城供水管网更新完成，老旧小区一户一表，漏损率降到百分之八，夜里也有水压，招商小分队常驻沿海，上门拜访企业四十家，
签约项目九个，六个已经开工，企业开办一天办结，印章免费刻制，税务登记同步完成，窗口不再来回跑，乡镇卫生院添置彩超，医生轮流下沉，
慢病老人建档，药品送到床头，查处吃拿卡要问题五起，通报曝光三人，退还礼金两万元，教育干部守住底线，标准厂房交付使用，水电路气同时接通，
入驻企业带着设备来，当月就能投产，中心小学扩建二十个班，操场铺上塑胶，食堂明厨亮灶，家长随时能看，对承诺不兑现的部门，
约谈主要负责人，限期整改到位，结果向社会公开，用电报装零上门，零审批，零投资，小微企业当天通电，秋粮收购敞开进行，价格挂牌公示，
售粮款当天到账，农民不再等白条，养老服务中心开到社区，助餐点覆盖七成，独居老人有人看，子女在外放心，深夜督查值班情况，
脱岗两人当场记下，第二天通报全县，年底扣减考核分，园区设立企业服务站，专员一对一跟进，问题清单每周更新，办结率九成以上，
冷链物流项目落地，总投资三亿元，建成后年吞吐十万吨，带动就业五百人""".replace("\n", "").split("，")
assert len(set(CLAUSES)) == len(CLAUSES) == 64
draw = random.Random(1)
characters = [chr(code) for code in range(0x4E00, 0x9FA6)]
draw.shuffle(characters)
strangers = [
    "，".join("".join(characters.pop() for _ in range(draw.randint(4, 7))) for _ in range(6)) + "。" for _ in range(300)
]
marks = [tors.simhash64(text) for text in strangers]
apart = mean(tors.simhash_distance(one, other) for one, other in combinations(marks, 2))
dropped = len(tors.dedup_near_dup(strangers)["dropped"])
spaced = len(tors.dedup_near_dup([text.replace("，", " ").strip("。") for text in strangers])["dropped"])
print("no character in common:", round(apart, 1), "bits apart,", dropped, "of 300 dropped;", spaced, "with spaces for commas")
assert 15 < apart < 16 and dropped == 38 and spaced == 0

count = 0
for seed in range(100):
    clauses = CLAUSES.copy()
    random.Random(seed).shuffle(clauses)
    paragraphs = ["，".join(clauses[start : start + 12]) + "。" for start in range(0, 60, 12)]
    count += len(tors.dedup_near_dup(paragraphs)["dropped"])
    assert not tors.dedup_near_dup(paragraphs, method="shingle")["dropped"]
print("no clause in common:", count, "of 500 dropped")
assert count == 74, count
assert not tors.dedup_near_dup(strangers, method="shingle")["dropped"]
PYTHON
