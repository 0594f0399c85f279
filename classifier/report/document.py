"""A labelled document as plain data for the templates: its paragraphs as they stand, with what is said of each."""

from collections.abc import Iterable, Mapping, Sequence

import orjson

from classifier.api import Result
from classifier.documents.notes import Note
from classifier.labelling.taxonomy import NONE, Taxonomy
from classifier.model.decide import percent
from classifier.model.explain import Reason
from classifier.report import outline
from classifier.report.intervals import Interval
from classifier.report.items import Looks
from classifier.report.names import name_of
from classifier.report.sentence_marks import marked_html
from classifier.report.shown import shown
from classifier.report.tally import Tally
from classifier.report.text import opening
from classifier.report.view_types import (
    Colour,
    DocumentView,
    LabelView,
    NamedLabel,
    ParagraphView,
    ShareView,
    Stretch,
    TallyView,
)

COLOURS = 8  # that the style sheet has; further labels begin anew, told apart by their names
_HEADING = 60  # characters of a heading in the outline
_STRIP = 100  # width of the map of a document, in per cent
_OPENING = 90  # characters of a similar paragraph
_SMALL = 0.05  # log-odds: what moves less is no reason


def label_views(taxonomy: Taxonomy) -> list[LabelView]:
    """Return the labels: id, names, colour, and their keys (1 for the first)."""
    return [
        {"id": label.id, "zh": shown(label.zh), "en": shown(label.en), "colour": place % COLOURS, "key": place + 1}
        for place, label in enumerate(taxonomy.labels)
    ]


def share_views(tally: Tally, taxonomy: Taxonomy, intervals: Mapping[str, Interval] | None = None) -> list[ShareView]:
    """Return each label's share of a text, "none" last. `intervals`: see `classifier.report.intervals`."""
    rows: list[LabelView] = [*label_views(taxonomy), {"id": NONE, "zh": "", "en": "", "colour": NONE}]
    open_ = intervals or {}
    return [
        {
            **row,
            "share": (share := tally.share(row["id"])),
            "percent": f"{share:.0%}",
            "interval": open_[row["id"]].said() if row["id"] in open_ else "",
        }
        for row in rows
    ]


def document_view(
    name: str, results: Sequence[Result], looks: Looks, *, id_: str = "d0", date: str | None = None, called: str = ""
) -> DocumentView:
    """Return a document: `tally`, `shares`, `strip` (a map of it), `outline`, `paragraphs`, and its names.

    `id_` begins the ids of its paragraphs in the page: d0p7. `called`: its name in the page, "" for its file's.
    """
    levels = outline.levels([one.kind for one in results], [one.text for one in results])
    paragraphs = [
        paragraph_view(one, looks, id_=f"{id_}p{number}", level=level)
        for number, (one, level) in enumerate(zip(results, levels, strict=True))
    ]
    tally = tally_of(results)
    return {
        "id": id_,
        "name": shown(called or name_of(name)),
        "path": shown(name),
        "date": date or "",
        "notes": note_views(note for one in results for note in one.notes),
        "tally": tally_view(tally),
        "shares": share_views(tally, looks.taxonomy),
        "strip": strip(
            (paragraph["id"], paragraph["edge"], len(x.text)) for paragraph, x in zip(paragraphs, results, strict=True)
        ),
        "outline": [
            {
                "id": paragraph["id"],
                "level": paragraph["level"],
                "text": shown(opening(result.text, _HEADING)),
                "colour": paragraph["edge"],
            }
            for paragraph, result in zip(paragraphs, results, strict=True)
            if paragraph["level"] > 0
        ],
        "paragraphs": paragraphs,
    }


def note_views(notes: Iterable[Note]) -> list[dict[str, str]]:
    """Return what was left out of a document, or read with doubt, in each language."""
    return [{language: shown(note.say(language)) for language in ("en", "zh")} for note in notes]


def paragraph_view(result: Result, looks: Looks, *, id_: str, level: int = 0) -> ParagraphView:
    """Return a paragraph: `html` (its text), `labels` (given ones, then those in doubt), `edge` and more.

    `edge`: colour of the first label, "none" for none. `why` of a label: weight × 100 and places (in characters) of
    each word as JSON, [[120,[0,2]], …]; `topics` the same with the topics' words, "" where there is nothing.
    """
    colours = {view["id"]: view for view in label_views(looks.taxonomy)}
    named, doubted = _named(result, looks), looks.doubted(result)
    reasons = result.reasons
    if named and reasons is None and looks.reasons is not None:
        reasons = looks.reasons(result.text)
    labels: list[NamedLabel] = []
    for label in named:
        probability = result.probabilities[label]
        why, topics = _why((reasons or {}).get(label))
        labels.append(
            {
                **colours[label],
                "percent": percent(probability) if result.decided is None else "",
                "given": label in result.labels,
                "doubt": label in doubted,
                "why": why,
                "topics": topics,
            }
        )
    return {
        "id": id_,
        "html": marked_html(result.text, result.sentences, colours),
        "kind": result.kind,
        "level": level,
        "labels": labels,
        "ids": " ".join(result.labels) or NONE,
        "edge": colours[result.labels[0]]["colour"] if result.labels else NONE,
        "uncertain": result.uncertain,
        "decided": shown(str(result.decided or "")),
        "similar": _similar(result, looks.taxonomy),
    }


def _similar(result: Result, taxonomy: Taxonomy) -> list[dict[str, str]] | None:
    if result.similar is None or result.kind == "boilerplate":
        return None
    return [
        {
            "en": shown(one.in_words(lambda label: taxonomy.find(label).en, "en", _OPENING)),
            "zh": shown(one.in_words(lambda label: taxonomy.find(label).zh, "zh", _OPENING)),
        }
        for one in result.similar
    ]


def tally_of(results: Iterable[Result]) -> Tally:
    """Return what paragraphs sum up to."""
    tally = Tally()
    for result in results:
        tally.add(result)
    return tally


def tally_view(tally: Tally) -> TallyView:
    """Return a sum for people."""
    uncertain = tally.uncertain / max(1, tally.paragraphs)
    return {
        "paragraphs": tally.paragraphs,
        "characters": tally.characters,
        "uncertain": tally.uncertain,
        "uncertain_share": uncertain,
        "uncertain_percent": f"{uncertain:.0%}",
    }


def _named(result: Result, looks: Looks) -> list[str]:
    """Return the labels to name beside a paragraph: given ones, then those that came near, the most probable first."""
    if result.kind == "boilerplate" and not result.labels:
        return []
    return [*result.labels, *(label for label in looks.doubted(result) if label not in result.labels)]


def _why(reason: Reason | None) -> tuple[str, str]:
    if reason is None:
        return "", ""
    words = [
        [round(one.weight * 100), [place for span in one.places for place in span]]
        for one in (*reason.words_for, *reason.words_against)
        if abs(one.weight) >= _SMALL
    ]
    topics = [
        f"{'/'.join(one.words[:3])} {one.weight:+.2f}"
        for one in (*reason.topics_for, *reason.topics_against)
        if abs(one.weight) >= _SMALL
    ]
    return orjson.dumps(words).decode() if words else "", shown(" · ".join(topics))


def strip(stretches: Iterable[tuple[str, Colour, int]]) -> list[Stretch]:
    """Return the map of a document, its paragraphs given as id, colour and characters.

    Neighbours of one colour are one stretch: `id` of its first paragraph, `x` and `width` in per cent of the whole.
    """
    parts = list(stretches)
    total = max(1, sum(size for _, _, size in parts))
    found: list[Stretch] = []
    done = 0.0
    for id_, colour, size in parts:
        width = size / total * _STRIP
        if found and found[-1]["colour"] == colour:
            found[-1]["width"] += width
        else:
            found.append({"id": id_, "x": done, "width": width, "colour": colour})
        done += width
    return [{**stretch, "x": round(stretch["x"], 2), "width": round(stretch["width"], 2)} for stretch in found]
