#!/usr/bin/env bash
# htmldate 1.11.0 (which trafilatura takes a page's date from): the date of pages that state it as 2024年5月8日.
# Expected: 2024-05-08, as it reads 2024-05-08.
# Does: no form with 年月日 is understood, in running text, in <time>, under 发布日期; any number that looks like a year is taken
# in its place, with the 1st of January: the page is of 2024-01-01, with "版权所有 2019-2026" below it of 2019-01-01, with a document's
# number 〔2018〕 above it of 2018-01-01, with the deadline 2025年12月31日 in it of 2025-01-01, which is after it was published.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check htmldate==1.11.0 dateparser==1.5.0 lxml==6.1.3
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import htmldate

STATED = "<p>发布日期：2024年5月8日</p>"
BODY = "<p>各乡镇人民政府：现就做好供水保障工作通知如下，请结合实际抓紧落实。</p>"
SEEN = {
    "<p>发布日期：2024-05-08</p>" + BODY: "2024-05-08",
    STATED + BODY: "2024-01-01",
    "<time>2024年5月8日</time>" + BODY: "2024-01-01",
    STATED + BODY + "<p>版权所有 2019-2026</p>": "2019-01-01",
    "<p>县政办发〔2018〕12号</p>" + STATED + BODY: "2018-01-01",
    STATED + BODY + "<p>于2025年12月31日前完成，2025年6月报告进展。</p>": "2025-01-01",
}
for shown, expected in SEEN.items():
    page = f"<html><head><title>通知</title></head><body><h1>关于做好供水保障工作的通知</h1>{shown}</body></html>"
    found = htmldate.find_date(page, original_date=True)
    print(shown, "->", found)
    assert found == expected, (shown, found)
PYTHON
