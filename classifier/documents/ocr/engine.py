"""The models: where text stands on a picture, and what a line says. Loaded once, from inside rapidocr's package."""

import logging
import math
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from classifier.documents.extras import missing, unloadable

Picture = NDArray[np.uint8]
"""Height by width by three colours, red first."""

_DETECT = "PP-OCRv6_det_small.onnx"
_READ = "PP-OCRv6_rec_small.onnx"
_THREADS = 2  # pictures of lines are read side by side; each on one thread, which is quicker than two on one
_SQUEEZED = 0.7  # lines are read that much narrower: a quarter less work, no more mistakes (scripts/measure_ocr.py)
_SIDE = 960  # pixels: the picture's longer side while lines are looked for
_LARGE_SIDE = 1600  # the same for small print
_SMALL_PRINT = 15  # pixels: boxes lower than that at _SIDE are looked for again
_HEIGHT = 48  # pixels of a line when it is read: what the model was trained with


@dataclass(frozen=True)
class Box:
    """Where a line stands: its middle, its length and height, and its angle in degrees, clockwise."""

    x: float
    y: float
    width: float
    height: float
    angle: float

    @property
    def tall(self) -> bool:
        """A line that runs downwards: the page is turned by a quarter, or the text is vertical."""
        return self.height > 1.5 * self.width


def require(name: str) -> None:
    """Raise MissingExtraError, naming the file, where the extra `ocr` is not installed or cannot be loaded."""
    try:
        _load()
    except ImportError as error:
        missing(name, "scans and pictures", error, "ocr")


def why_unloadable() -> str:
    """Return why the extra `ocr`, which is installed, cannot be loaded; "" where it can, or is not installed."""
    try:
        _load()
    except ImportError as error:
        return unloadable(error)
    return ""


def _load() -> None:
    import cv2  # noqa: F401, PLC0415 - optional
    import onnxruntime  # noqa: F401, PLC0415 - optional
    import PIL  # noqa: F401, PLC0415 - optional
    import rapidocr  # noqa: F401, PLC0415 - optional


@cache
def identity() -> str:
    """Return what results depend on beside the picture, for the cache."""
    return f"2 rapidocr {version('rapidocr')} {_DETECT} {_READ}"


def detect(picture: Picture) -> list[Box]:
    """Return where lines stand, looking closer where the print is small."""
    boxes = _detect(picture, _SIDE)
    low = sorted(min(box.width, box.height) for box in boxes)
    scale = max(picture.shape[:2]) / _SIDE
    if scale > 1 and low and low[len(low) // 2] < _SMALL_PRINT * scale:
        return _detect(picture, _LARGE_SIDE)
    return boxes


def read_lines(pictures: Sequence[Picture]) -> list[tuple[str, float]]:
    """Return the text of each picture of one line, and how sure it is: 0 to 1."""
    _models()  # before the threads, that they do not load them twice
    with ThreadPoolExecutor(_THREADS) as threads:
        return list(threads.map(_read, pictures))  # one by one: batches are padded to their widest line


def _detect(picture: Picture, side: int) -> list[Box]:
    import cv2  # noqa: PLC0415 - optional

    height, width = picture.shape[:2]
    scale = min(1.0, side / max(height, width))
    small = cv2.resize(
        picture, (max(32, round(width * scale)), max(32, round(height * scale))), interpolation=cv2.INTER_AREA
    )
    found = _models()[0](small[:, :, ::-1])
    corners = [] if found.boxes is None else found.boxes
    return [
        _box(np.asarray(corner, dtype=float), width / small.shape[1], height / small.shape[0]) for corner in corners
    ]


def _box(corners: NDArray[np.float64], across: float, down: float) -> Box:
    """Return a box of its four corners, the upper left first, clockwise."""
    corners = corners * [across, down]
    top = corners[1] - corners[0]
    side = corners[3] - corners[0]
    x, y = corners.mean(axis=0)
    angle = math.degrees(math.atan2(top[1], top[0]))
    return Box(float(x), float(y), float(np.hypot(*top)), float(np.hypot(*side)), angle)


def _read(picture: Picture) -> tuple[str, float]:
    import cv2  # noqa: PLC0415 - optional
    from rapidocr.ch_ppocr_rec import TextRecInput  # noqa: PLC0415 - optional

    height, width = picture.shape[:2]
    shape = (max(_HEIGHT, round(width * _SQUEEZED * _HEIGHT / height)), _HEIGHT)
    line = cv2.resize(picture, shape, interpolation=cv2.INTER_AREA if height > _HEIGHT else cv2.INTER_CUBIC)
    found = _models()[1](TextRecInput(img=np.ascontiguousarray(line[:, :, ::-1])))
    return str(found.txts[0]), float(found.scores[0])


@cache
def _models() -> tuple[Any, Any]:
    """Return detector and recogniser. Their files are named, so that nothing is looked for or loaded over a network."""
    import rapidocr  # noqa: PLC0415 - optional
    from rapidocr.ch_ppocr_det import TextDetector  # noqa: PLC0415
    from rapidocr.ch_ppocr_rec import TextRecognizer  # noqa: PLC0415

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    folder = Path(rapidocr.__file__).parent / "models"
    settings = {
        "Global.log_level": "error",
        "Global.model_root_dir": str(folder),
        "Det.model_path": str(folder / _DETECT),
        "Rec.model_path": str(folder / _READ),
        "EngineConfig.onnxruntime.intra_op_num_threads": 1,
        "EngineConfig.onnxruntime.inter_op_num_threads": 1,
    }
    config = rapidocr.RapidOCR(params=settings).cfg
    for part in (config.Det, config.Rec):
        part.engine_cfg = config.EngineConfig.onnxruntime
        part.model_root_dir = config.Global.model_root_dir
    config.Rec.font_path = None
    return TextDetector(config.Det), TextRecognizer(config.Rec)
