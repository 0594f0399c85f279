"""What counts for a paragraph or a sentence now, as answers tell it."""

from pydantic import BaseModel, Field

from classifier.labelling.decided import by_whom, of_a_person
from classifier.labelling.folder.session import UNDECIDED
from classifier.labelling.folder.session import version as shown_version
from classifier.labelling.labelled_paragraph import LabelledParagraph
from classifier.labelling.sentence_places import labelled_in, stretch_version
from classifier.web.state import AppState


class SentenceStanding(BaseModel):
    """What counts for a sentence now. `decided`: whether a person said so; else a model did."""

    start: int
    end: int
    decided: bool
    labels: list[str]
    by: str = ""
    version: str = Field(default=UNDECIDED, description="names what counts, for the next decision on the sentence")


class Standing(BaseModel):
    """What counts for a paragraph now. `decided`: whether a person said so; else a model did."""

    key: str
    decided: bool
    labels: list[str]
    aside: str
    by: str = ""
    version: str = Field(default=UNDECIDED, description="names what counts, for the next decision on the paragraph")
    sentence: SentenceStanding | None = Field(default=None, description="the sentence whose decision was taken back")


def standing(here: AppState, key: str) -> Standing:
    """Return what counts for a paragraph."""
    return standing_of(key, here.decision_store.decided(key))


def standing_of(key: str, counts: LabelledParagraph | None) -> Standing:
    """Return what counts for a paragraph by what the folder holds of it, None for nothing."""
    own = of_a_person(counts)
    if own is None or not own.judged:
        return Standing(key=key, decided=False, labels=[], aside="", version=shown_version(counts))
    by = by_whom(own).by
    return Standing(
        key=key, decided=True, labels=list(own.labels), aside=own.aside, by=by, version=shown_version(counts)
    )


def sentence_standing(counts: LabelledParagraph | None, text: str, start: int, end: int) -> SentenceStanding:
    """Return what counts for a stretch of a paragraph's text; of several sentences there, the first one's labels."""
    there = [one for one in labelled_in(counts, text) if one.meets(start, end)]
    if not there:
        return SentenceStanding(start=start, end=end, decided=False, labels=[])
    decided, version = bool(there[0].at or there[0].by), stretch_version(there, start, end)
    labels = list(there[0].labels or ()) if decided else []
    return SentenceStanding(start=start, end=end, decided=decided, labels=labels, by=there[0].by, version=version)
