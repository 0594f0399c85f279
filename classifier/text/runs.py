"""The Han runs of many texts at once: what `normalise` and a search for runs give, for most texts without either.

Nearly every text is plain: nothing in it would be converted, taken out or closed up. Then its runs stand in it
as they are, and finding them is arithmetic on code units, many times faster than the general road, which
the other texts still take. Both roads give the same runs; tests hold them to it.
"""

from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from classifier.text.joined_texts import (
    BLANK,
    END,
    GAP,
    HAN_LIKE,
    HAN_RUN,
    LATIN,
    OPEN,
    OTHER,
    RUN,
    SCRIPT,
    WHITE,
    CodeUnits,
    Ints,
    JoinedTexts,
    as_string,
    steps,
)
from classifier.text.normalise import normalise, simplify
from classifier.text.sentence_arrays import Sentences


def han_text(texts: Sequence[str]) -> str:
    """Return the Han runs of the normalised texts in one string: a GAP between runs, END behind each text."""
    joined = JoinedTexts.of(texts)
    return _runs_of_parts(joined, joined.code_units, joined.ends, joined.apart, lambda number: [texts[number]])


def han_text_by_sentence(sentences: Sentences) -> str:
    """Return the Han runs of the normalised sentences in one string: a GAP between runs, END behind each sentence.

    An empty text counts for one sentence.
    """
    joined, code_units, inner = sentences.texts, sentences.texts.code_units, sentences.inner()
    if inner.size:
        code_units = code_units.copy()
        code_units[inner - 1] = ord(END)  # for a sentence's last character, which is no Han character
    apart = sentences.offsets[list(sentences.apart)].tolist()
    ends = sentences.starts + steps(sentences.starts, len(code_units)) - 1
    return _runs_of_parts(joined, code_units, ends, apart, sentences.texts_of)


def _runs_of_parts(
    joined: JoinedTexts, code_units: CodeUnits, ends: Ints, apart: Iterable[int], texts_of: Callable[[int], list[str]]
) -> str:
    """Return what the quick road finds in each part of `code_units`, and in those that need it the general one.

    `apart`: numbers of parts that do not stand in `code_units`; `texts_of`: a part's texts.
    """
    kinds = joined.kinds
    changed, convertible = _marked_parts(_irregular(kinds), ends), _marked_parts(kinds & SCRIPT != 0, ends)
    changed |= {part for part in convertible - changed if any(simplify(text) != text for text in texts_of(part))}
    changed.update(apart)
    runs = _keep_runs(code_units, kinds)
    if changed:
        lines = runs.split(END)
        for part in changed:
            lines[part] = END.join(map(_normalised_runs, texts_of(part)))
        runs = END.join(lines)
    return runs


def _normalised_runs(text: str) -> str:
    return GAP.join(HAN_RUN.findall(normalise(text)))


def _marked_parts(marked: NDArray[np.bool_], ends: Ints) -> set[int]:
    """Return the numbers of the parts in which a unit is marked."""
    places = np.flatnonzero(marked)
    return set(np.searchsorted(ends, places).tolist()) if places.size else set()


def _irregular(kinds: CodeUnits) -> NDArray[np.bool_]:
    """Mark what the general road is needed for: OTHER, brackets before letters, letters spaced out."""
    found: NDArray[np.bool_] = kinds & OTHER != 0
    opened = kinds & OPEN != 0
    if opened.any():
        letter, white = kinds & LATIN != 0, kinds & WHITE != 0
        found[:-1] |= opened[:-1] & letter[1:]
        found[:-2] |= opened[:-2] & white[1:-1] & letter[2:]
    blank = kinds & BLANK != 0
    if blank.any():
        han = kinds & HAN_LIKE != 0
        found[:-4] |= han[:-4] & blank[1:-3] & han[2:-2] & blank[3:-1] & han[4:]
    return found


def _keep_runs(code_units: CodeUnits, kinds: CodeUnits) -> str:
    """Put a GAP in the place of what stands between runs."""
    run = kinds & RUN != 0
    wanted = run | (code_units == ord(END))
    keep = wanted.copy()
    keep[1:] |= run[:-1]
    kept = code_units * wanted
    kept += (~wanted).view(np.uint8) * np.uint8(ord(GAP))
    return as_string(kept[keep])
