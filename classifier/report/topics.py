"""A model's topics as plain data for the templates: words, weight, labels they support, change between models."""

import numpy as np

from classifier.api import Model
from classifier.model.manifest import TopicFacts
from classifier.report.document import label_views
from classifier.report.shown import shown
from classifier.report.topic_view_types import LabelChange, LabelWords, TopicChange, TopicChanges, TopicsView, TopicView
from classifier.report.view_types import LabelView

_WORDS = 15  # of a topic
_LABEL_WORDS, _AGAINST = 30, 12  # of a label: raising, lowering
_KIN = 5  # leading words in common from which a topic with the id of an older one continues it
_MOVED = 0.005  # change of a topic's share that is worth a word


def topics_view(model: Model, old: Model | None = None) -> TopicsView:
    """Return `topics` (the largest first), `labels` with words, `changes` from an older model."""
    order = sorted(range(len(model.topics)), key=lambda k: -(model.topics[k].get("share") or 0))
    views = label_views(model.taxonomy)
    return {
        "model": shown(model.version),
        "shares": any(topic.get("share") is not None for topic in model.topics),
        "supports": any(topic.get("labels") for topic in model.topics),
        "topics": [_topic(model, k) for k in order],
        "labels": [_label_words(model, place, view) for place, view in enumerate(views)],
        "changes": None if old is None else _changes(old, model),
    }


def words_of_label(model: Model, place: int) -> tuple[list[tuple[str, float]], list[tuple[str, float]]]:
    """Return the words that raise and those that lower a label most in ordinary text, each with its pull.

    Of the words that topics are made of (no function words, none that stand everywhere). Pull: the word's evidence,
    its topics' included, times √(share of the background's paragraphs that hold it); comparable within a model.
    """
    scorer = model.scorer
    rows = np.asarray(scorer.topic_words)
    common = np.exp((1 - scorer.idf[rows]) / 2)  # idf is 1 - ln(share): see classifier.model.arithmetic
    pulls = scorer.weights_with_topics[rows, place] * scorer.evidence_weights[place, 0] * common
    named = [(scorer.words[rows[k]], float(pulls[k])) for k in np.argsort(-pulls, kind="stable")]
    return (
        [one for one in named[:_LABEL_WORDS] if one[1] > 0],
        [one for one in reversed(named[-_AGAINST:]) if one[1] < 0],
    )


def _topic(model: Model, place: int) -> TopicView:
    topic = model.topics[place]
    weights = _loadings(model, place)
    most = max(weights.values(), default=1.0) or 1.0
    share, coherence = topic.get("share"), topic.get("coherence")
    return {
        "id": shown(topic["id"]),
        "words": [{"word": shown(word), "size": weights.get(word, 0.0) / most} for word in topic["words"][:_WORDS]],
        "share": share,
        "share_text": "" if share is None else f"{share:.1%}",
        "coherence": coherence,
        "coherence_text": "" if coherence is None else f"{coherence:.2f}",
        "by_label": topic.get("labels", {}),
    }


def _loadings(model: Model, place: int) -> dict[str, float]:
    """Return how much each of a topic's words weighs in it."""
    scorer = model.scorer
    column = scorer.loadings[:, place].astype(float)
    leading = np.argsort(-column, kind="stable")[: 2 * _WORDS]
    return {scorer.words[scorer.topic_words[row]]: float(column[row]) for row in leading}


def _label_words(model: Model, place: int, view: LabelView) -> LabelWords:
    raising, lowering = words_of_label(model, place)
    label = model.taxonomy.labels[place]
    most = max((abs(pull) for _, pull in (*raising, *lowering)), default=1.0)
    return {
        **view,
        "definition": shown(label.defined("en")),
        "definition_zh": shown(label.defined("zh")),
        "raises": [{"word": shown(word), "size": pull / most} for word, pull in raising],
        "lowers": [{"word": shown(word), "size": -pull / most} for word, pull in lowering],
    }


def _changes(old: Model, new: Model) -> TopicChanges:
    """Return what differs between two models' topics and label words.

    A topic that is learnt anew keeps its id where it continues an older one; topics of models that have nothing to do
    with each other may share an id by chance, so their words are asked as well.
    """
    before = {topic["id"]: topic for topic in old.topics}
    pairs: list[tuple[TopicFacts | None, TopicFacts | None]] = []
    for topic in new.topics:
        same = before.get(topic["id"])
        kin = same is not None and len(set(same["words"]) & set(topic["words"])) >= min(_KIN, len(topic["words"]))
        pairs.append((before.pop(topic["id"]) if kin else None, topic))
    rows = [_change(*pair) for pair in [*pairs, *((topic, None) for topic in before.values())]]
    labels = [_label_change(old, new, view) for view in label_views(new.taxonomy) if view["id"] in old.ids]
    return {
        "old": shown(old.version),
        "rows": [row for kind in ("changed", "new", "gone") for row in rows if row["kind"] == kind],
        "same": sum(row["kind"] == "same" for row in rows),
        "labels": [label for label in labels if label["came"] or label["went"]],
    }


def _change(old: TopicFacts | None, new: TopicFacts | None) -> TopicChange:
    before, after = (one["words"] if one else [] for one in (old, new))
    came = [shown(word) for word in after if word not in before] if old else []
    went = [shown(word) for word in before if word not in after] if new else []
    shares = [one.get("share") if one else None for one in (old, new)]
    moved = None not in shares and abs((shares[1] or 0) - (shares[0] or 0)) >= _MOVED
    kind = "new" if old is None else "gone" if new is None else "changed" if came or went or moved else "same"
    one = new or old
    assert one is not None  # noqa: S101 - a pair has one side at least
    return {
        "id": shown(one["id"]),
        "kind": kind,
        "words": [shown(word) for word in one["words"][:8]],
        "came": came,
        "went": went,
        "old_share": "" if shares[0] is None else f"{shares[0]:.1%}",
        "new_share": "" if shares[1] is None else f"{shares[1]:.1%}",
    }


def _label_change(old: Model, new: Model, view: LabelView) -> LabelChange:
    before = [word for word, _ in words_of_label(old, old.ids.index(view["id"]))[0]]
    after = [word for word, _ in words_of_label(new, new.ids.index(view["id"]))[0]]
    return {
        **view,
        "came": [shown(word) for word in after if word not in before],
        "went": [shown(word) for word in before if word not in after],
    }
