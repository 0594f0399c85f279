"""What may be handed on of a labelled text that may not itself be published, beside its word counts.

One list for all that leaves: whatever else a row carries may hold the text, or whom it is about.
"""

from classifier.json_types import JsonDict, JsonObject

_FACTS = ("id", "doc", "genre", "place", "year", "origin", "annotations", "settled")
_SENTENCE = ("start", "end", "labels")


def publishable_facts(row: JsonObject) -> JsonDict:
    """Return a row's facts that say nothing of its text: where it is from, who read it as what."""
    return {key: row[key] for key in _FACTS if row.get(key) is not None}


def publishable_sentence(sentence: JsonObject) -> JsonDict:
    """Return a labelled sentence's place in the text (in characters) and its labels."""
    return {key: sentence[key] for key in _SENTENCE if sentence.get(key) is not None}
