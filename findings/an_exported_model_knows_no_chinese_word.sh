#!/usr/bin/env bash
# skl2onnx 1.20.0: a scikit-learn pipeline (TfidfVectorizer on words divided by spaces, LogisticRegression) written as ONNX.
# Expected: the same probabilities, as for English words, or a refusal.
# Does: with the vectorizer's own token_pattern, and with \w+ likewise, no Chinese word gets in: the pattern becomes [a-zA-Z0-9_]+,
# and \w+ is ASCII to ONNX Runtime's RE2. Every text has one and the same answer, the one of an empty text; conversion and loading
# say nothing. [^ ]+ gives the pipeline's probabilities to 1e-6. (lowercase=False: else loading asks for the locale en_US.UTF-8.)
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check skl2onnx==1.20.0 onnxruntime==1.32.0 onnx==1.23.2 \
  scikit-learn==1.9.1 numpy==2.4.6
cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON'
import warnings

import numpy as np
import onnxruntime
from skl2onnx import convert_sklearn
from skl2onnx.common.data_types import StringTensorType
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline

TEXTS = {
    "项目招引": "加大 招商引资 力度 引进 重大 项目",
    "营商环境": "优化 营商 环境 深化 放管服 改革",
    "民生": "改造 老旧 小区 保障 群众 供水",
    "作风建设": "整治 形式主义 减轻 基层 负担",
}
ENGLISH = ["attract new projects", "improve business environment", "repair water supply", "less paperwork please"]


def answers(texts, **pattern):
    """Return the pipeline's probabilities and those of the exported one."""
    model = make_pipeline(TfidfVectorizer(lowercase=False, **pattern), LogisticRegression(C=100)).fit(texts, list(TEXTS))
    kind = [("text", StringTensorType([None, 1]))]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = convert_sklearn(model, initial_types=kind, options={id(model[-1]): {"zipmap": False}})
    session = onnxruntime.InferenceSession(written.SerializeToString(), providers=["CPUExecutionProvider"])
    return model.predict_proba(texts), session.run(None, {"text": np.array(texts).reshape(-1, 1)})[1]


for name, texts, pattern, same in (
    ("English", ENGLISH, {}, True),
    ("Chinese", list(TEXTS.values()), {}, False),
    (r"Chinese, \w+", list(TEXTS.values()), {"token_pattern": r"\w+"}, False),
    ("Chinese, [^ ]+", list(TEXTS.values()), {"token_pattern": "[^ ]+"}, True),
):
    before, after = answers(texts, **pattern)
    print(name, "pipeline", before.max(axis=1).round(3), "exported", after.max(axis=1).round(3))
    assert np.allclose(before, after, atol=1e-6) is same, name
    assert same or (after == after[0]).all(), after
PYTHON
