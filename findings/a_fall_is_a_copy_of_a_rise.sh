#!/usr/bin/env bash
# near-dupes 0.1.0: find_duplicates and dedupe of the rows of a table (a DataFrame, which it compares without case, spaces, punctuation).
# Expected: 3.5 and 35, 1-4月 and 14月 may become one, since a point and a hyphen are punctuation; a sign of a number, or ≥ and <, stay.
# Does: the other way round. Points keep figures apart (they become spaces), but signs go, in columns of numbers too: a growth of 3.5
# and one of -3.5, +3 and -3, ≥90% and <90%, 3.5 and 3.5% are exact duplicates, with a score of 1.0, at threshold=1.0 as well, and
# dedupe drops the row of the fall. Lists of strings are compared as they are, with the sign.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check near-dupes==0.1.0 pandas==3.1.1
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import near_dupes
import pandas as pd


def pairs(one, other):
    """Return what is said of two rows that differ in one cell."""
    table = pd.DataFrame({"指标": ["规上工业增加值增速"] * 2, "数值": [one, other]})
    return near_dupes.find_duplicates(table, threshold=1.0).pairs


ONE = [(3.5, -3.5), ("3.5%", "-3.5%"), ("3.5%", "−3.5%"), ("+3", "-3"), ("△3.5", "3.5"), ("≥90%", "<90%"), ("3.5", "3.5%")]
TWO = [(3.5, 35.0), ("3.5万户", "35万户"), ("1-4月", "14月"), ("是", "否")]
for cells in ONE + TWO:
    print(*cells, pairs(*cells))
    assert pairs(*cells) == ([(0, 1, 1.0)] if cells in ONE else []), cells

table = pd.DataFrame({"行业": ["纺织", "纺织", "纺织"], "工业增速": [3.5, -3.5, 4.2], "达标": ["≥90%", "<90%", "≥90%"]})
kept = near_dupes.dedupe(table)
print(kept)
assert list(kept["工业增速"]) == [3.5, 4.2]
assert near_dupes.find_duplicates(["规上工业增加值增速3.5%", "规上工业增加值增速-3.5%"], threshold=1.0).pairs == []
PYTHON
