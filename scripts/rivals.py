"""What bulk scoring is measured against: other ways from paragraphs to labels, trained on the same corpus."""

import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any, cast

from classifier.labelling.corpus import read_corpus
from classifier.places import packaged

Way = Callable[[Sequence[str]], Any]


def ways() -> dict[str, Way]:
    """Return the ways by name; each takes all texts and gives labels (or, the first, words only)."""
    corpus = [(one.text, one.labels) for one in read_corpus(packaged("labels")).paragraphs if one.text]
    texts, labels = [text for text, _ in corpus], [found for _, found in corpus]
    found = {"rjieba.cut alone": _cut_alone(), "jieba + scikit-learn": _scikit_learn(texts, labels)}
    try:
        found |= _fasttext(texts, labels)
    except ImportError:
        print("fastText is not measured; it is installed with: pip install fasttext-wheel")
    return found


def _cut_alone() -> Way:
    import rjieba

    rjieba.cut("词")
    return lambda texts: sum(len(rjieba.cut(text)) for text in texts)


def _scikit_learn(texts: list[str], labels: list[tuple[str, ...]]) -> Way:
    import jieba
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.multiclass import OneVsRestClassifier
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import MultiLabelBinarizer

    pipeline = make_pipeline(
        TfidfVectorizer(tokenizer=jieba.lcut, token_pattern=None), OneVsRestClassifier(LogisticRegression())
    )
    pipeline.fit(texts, MultiLabelBinarizer().fit_transform(labels))
    return cast("Way", pipeline.predict_proba)


def _fasttext(texts: list[str], labels: list[tuple[str, ...]]) -> dict[str, Way]:
    import fasttext
    import jieba
    import rjieba

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "train.txt"
        lines = [
            f"__label__{found[0] if found else 'none'} {' '.join(rjieba.cut(text))}"
            for text, found in zip(texts, labels, strict=True)
        ]
        path.write_text("\n".join(line.replace("\n", " ") for line in lines) + "\n", encoding="utf-8")
        model = fasttext.train_supervised(str(path), epoch=25, verbose=0)

    def fed_by(cut: Callable[[str], list[str]]) -> Way:
        return lambda found: model.predict([" ".join(cut(text)).replace("\n", " ") for text in found])

    return {"fastText fed by rjieba": fed_by(rjieba.cut), "fastText fed by jieba": fed_by(jieba.lcut)}
