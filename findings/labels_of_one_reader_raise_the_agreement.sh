#!/usr/bin/env bash
# iaa-kit 0.1.2: krippendorff_alpha of labels some of which are missing, beside krippendorff 0.9.0 and rater-agreement 0.1.0.
# Expected: the same alpha, as for complete labels. What one reader alone has labelled is in no pair and says nothing on agreement.
# Does: it counts for the agreement by chance. Two readers who label thirty paragraphs and agree no better than chance (alpha -0.02) have
# 0.86 once three hundred more are labelled by one of them; the other two libraries still say -0.02. A third reader for half of the
# paragraphs makes -0.06 of -0.02. scale="ordinal" is the interval alpha, of complete labels too. No warning in either case.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check iaa-kit==0.1.2 krippendorff==0.9.0 rater-agreement==0.1.0 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import iaa_kit
import krippendorff
import numpy as np
import raters

NONE, LIVELIHOOD, BUSINESS, PROJECTS = range(4)  # labels as numbers, which all three take


def alphas(paragraphs, scale="nominal"):
    """Return the alpha of each library; a row a paragraph, None where a reader did not see it."""
    by_reader = np.array(paragraphs, dtype=float).T
    theirs = krippendorff.alpha(by_reader, level_of_measurement=scale)
    pairs = raters.krippendorff_alpha(list(zip(*paragraphs))) if scale == "nominal" else theirs
    assert np.isclose(theirs, pairs), (theirs, pairs)
    return round(float(theirs), 3), round(iaa_kit.krippendorff_alpha(paragraphs, scale=scale, n_boot=2)[0], 3)


both = [[NONE, NONE]] * 27 + [[NONE, LIVELIHOOD], [LIVELIHOOD, NONE], [NONE, BUSINESS]]
alone = [[label, None] for label in (NONE, LIVELIHOOD, BUSINESS, PROJECTS)] * 75
third = [[*pair, pair[0] if number % 2 else None] for number, pair in enumerate(both)]
mixed = [[0, 0], [1, 1], [2, 2], [3, 3], [0, 1], [1, 2], [3, 0]] * 5
found = {
    "two readers": alphas(both),
    "and 300 of one": alphas(both + alone),
    "a third for half": alphas(third),
    "complete, mixed": alphas(mixed),
    "complete, ordinal": alphas(mixed, "ordinal"),
    "complete, interval": alphas(mixed, "interval"),
}
for name, pair in found.items():
    print(name, *pair)
assert found == {
    "two readers": (-0.023, -0.023),
    "and 300 of one": (-0.023, 0.864),
    "a third for half": (-0.018, -0.061),
    "complete, mixed": (0.433, 0.433),
    "complete, ordinal": (0.361, 0.37),
    "complete, interval": (0.37, 0.37),
}
PYTHON
