"""Red ink: seals over text vanish in the red channel, red headings are kept and read on their own."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from classifier.documents.ocr.engine import Picture

_LEAST = 0.0005  # of a page: less red is noise
_RED = 45  # by so much the red of a red point is above its green and blue
_BRIGHT = 130  # the red of red ink: darker, there is black under it
_SEAL = 0.12  # of a page's width: a seal is at least that wide and high (on A4 25 mm)
_ROUND = (0.6, 1.7)  # a seal's width over its height
_GRAIN = 8  # pixels that count as one where seals are looked for


@dataclass(frozen=True)
class Inks:
    """A page without its red ink; the red ink alone, seals apart, as black on white (None: none); how many seals."""

    black: Picture
    red: Picture | None
    seals: int


def inks(picture: Picture) -> Inks:
    """Part the red ink of a page from the rest."""
    red = picture[:, :, 0].astype(np.int16)
    over = red - np.maximum(picture[:, :, 1], picture[:, :, 2])
    is_red = over > _RED
    if is_red.mean() < _LEAST:
        return Inks(picture, None, 0)
    without = np.where(is_red & (red > _BRIGHT), 255, red).astype(np.uint8)
    seals = _seals(is_red)
    alone = (255 - np.clip(over * 2, 0, 255)).astype(np.uint8)
    for top, left, bottom, right in seals:
        alone[top:bottom, left:right] = 255
    rest = alone.min() < 128
    return Inks(_grey(without), _grey(alone) if rest else None, len(seals))


def _grey(values: NDArray[np.uint8]) -> Picture:
    return np.repeat(values[:, :, None], 3, axis=2)


def _seals(is_red: NDArray[np.bool_]) -> list[tuple[int, int, int, int]]:
    """Return top, left, bottom and right of what is red, round or square, and large."""
    import cv2  # noqa: PLC0415 - optional

    height, width = is_red.shape
    small = cv2.resize(
        is_red.astype(np.uint8) * 255, (max(1, width // _GRAIN), max(1, height // _GRAIN)), interpolation=cv2.INTER_AREA
    )
    coarse = cv2.dilate((small > 20).astype(np.uint8), np.ones((3, 3), np.uint8), iterations=2)
    count, _, stats, _ = cv2.connectedComponentsWithStats(coarse)
    found = []
    for left, top, across, down, _ in stats[1:count]:
        if min(across, down) * _GRAIN >= _SEAL * width and _ROUND[0] <= across / down <= _ROUND[1]:
            box = (top, left, top + down, left + across)
            found.append(tuple(int(one) * _GRAIN for one in box))
    return [(a, b, c, d) for a, b, c, d in found]
