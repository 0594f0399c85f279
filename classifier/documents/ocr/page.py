"""One page: upright, level, without seals; its lines found and read."""

import math
from collections.abc import Sequence
from statistics import median

import numpy as np

from classifier.documents.ocr.engine import Box, Picture, detect, read_lines
from classifier.documents.ocr.lines import RecognisedLine, RecognisedPage, mended
from classifier.documents.ocr.red import inks

_LARGEST = 3600  # pixels: a page's longer side; more does not make characters clearer
_SAMPLE = 4  # lines that tell which way up a page is
_UPRIGHT = 0.88  # mean score over which nobody asks whether a page stands on its head
_LEVEL = 0.15  # degrees: a smaller angle is left
_MOST_TURNED = 20.0  # degrees: boxes turned by more are no lines of the page
_UNREADABLE = 0.4  # a line with a smaller score is noise


def recognise(picture: Picture) -> RecognisedPage:
    """Return the lines of a picture of a page, whichever way it was laid on the glass."""
    colours = inks(_not_too_large(picture))
    turns, boxes = _standing(colours.black)
    lines, angle = _read_turned(colours.black, turns, boxes)
    if _doubtful(lines) and _better_on_its_head(_quarters(colours.black, turns), boxes, lines):
        turns = (turns + 2) % 4
        lines, angle = _read_turned(colours.black, turns, detect(_quarters(colours.black, turns)))
    if colours.red is not None:
        red = _quarters(colours.red, turns)
        lines += _read(red, detect(red), angle)
    height, width = _quarters(colours.black, turns).shape[:2]
    kept = tuple(line for line in lines if line.text.strip() and line.score >= _UNREADABLE)
    unread = sum(line.score < _UNREADABLE and len(line.text.strip()) > 1 for line in lines)
    return RecognisedPage(width, height, kept, colours.seals, unread)


def _standing(picture: Picture) -> tuple[int, list[Box]]:
    """Return by how many quarters, against the clock, a page must be turned to lie level, and its boxes."""
    boxes = detect(picture)
    tall = sum(box.width * box.height for box in boxes if box.tall)
    if 2 * tall <= sum(box.width * box.height for box in boxes):
        return 0, boxes
    return 1, detect(_quarters(picture, 1))


def _doubtful(lines: Sequence[RecognisedLine]) -> bool:
    longest = sorted(lines, key=lambda one: -one.width)[:_SAMPLE]
    return bool(longest) and sum(one.score for one in longest) < _UPRIGHT * len(longest)


def _better_on_its_head(picture: Picture, boxes: Sequence[Box], lines: Sequence[RecognisedLine]) -> bool:
    """Tell whether the longest lines are read with more certainty upside down."""
    sample = sorted(zip(boxes, lines, strict=True), key=lambda pair: -pair[0].width)[:_SAMPLE]
    turned = read_lines([_quarters(_upright(picture, box), 2) for box, _ in sample])
    return sum(score for _, score in turned) > sum(line.score for _, line in sample)


def _not_too_large(picture: Picture) -> Picture:
    import cv2  # noqa: PLC0415 - optional

    height, width = picture.shape[:2]
    scale = _LARGEST / max(height, width)
    if scale >= 1:
        return picture
    size = (max(1, round(width * scale)), max(1, round(height * scale)))
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)


def _quarters(picture: Picture, turns: int) -> Picture:
    return np.ascontiguousarray(np.rot90(picture, turns)) if turns else picture


def _angle(boxes: Sequence[Box]) -> float:
    """Return the angle of most lines in degrees, clockwise."""
    angles = [box.angle for box in boxes if box.width > 4 * box.height and abs(box.angle) < _MOST_TURNED]
    return median(angles) if angles else 0.0


def _read_turned(picture: Picture, turns: int, boxes: Sequence[Box]) -> tuple[list[RecognisedLine], float]:
    """Read a page that is turned by quarters first; return also the angle at which its lines stand."""
    angle = _angle(boxes)
    return _read(_quarters(picture, turns), boxes, angle), angle


def _read(picture: Picture, boxes: Sequence[Box], angle: float) -> list[RecognisedLine]:
    """Read the lines in boxes; their places are those on the page when it is level."""
    if abs(angle) > _LEVEL:
        picture, boxes = _levelled(picture, boxes, angle)
    lines = read_lines([_upright(picture, box) for box in boxes])
    return [
        RecognisedLine(mended(text), score, box.x, box.y, box.width, box.height)
        for box, (text, score) in zip(boxes, lines, strict=True)
    ]


def _levelled(picture: Picture, boxes: Sequence[Box], angle: float) -> tuple[Picture, list[Box]]:
    import cv2  # noqa: PLC0415 - optional

    height, width = picture.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0)
    level = cv2.warpAffine(picture, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=(255, 255, 255))
    moved = [(turn @ [box.x, box.y, 1.0], box) for box in boxes]
    return np.asarray(level, dtype=np.uint8), [
        Box(float(at[0]), float(at[1]), one.width, one.height, one.angle - angle) for at, one in moved
    ]


def _upright(picture: Picture, box: Box) -> Picture:
    """Cut a box out as if it were level."""
    across = abs(math.cos(math.radians(box.angle))) * box.width
    top, bottom = box.y - box.height / 2, box.y + box.height / 2
    left, right = box.x - across / 2, box.x + across / 2
    height, width = picture.shape[:2]
    y0, y1 = max(0, math.floor(top)), min(height, math.ceil(bottom))
    x0, x1 = max(0, math.floor(left)), min(width, math.ceil(right))
    return picture[y0:y1, x0:x1] if y1 - y0 > 1 and x1 - x0 > 1 else picture[:2, :2]
