"""Files of pictures to pages of points, one at a time, none larger than memory should hold."""

import io
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np

from classifier.documents.extras import damaged
from classifier.documents.ocr.engine import Picture
from classifier.errors import InputError

_MOST_POINTS = 89_000_000  # of one page, where Pillow begins to warn; A3 at 600 dpi has 70 million
_MOST_PAGES = 1_000
_FORMATS = ("PNG", "JPEG", "TIFF", "BMP")
_REDUCED = 254  # the TIFF tag whose lowest bit says: a small copy of another page


def page_numbers(data: bytes, name: str) -> list[int]:
    """Return the frames that are pages: of a TIFF file all but small copies, of others the first.

    Raises InputError where the file is damaged or holds too many.
    """
    image = _opened(data, name)
    if image.format != "TIFF":
        return [0]
    numbers = []
    try:
        for number in range(_MOST_PAGES + 1):
            with _quietly():
                image.seek(number)
            if not int(image.tag_v2.get(_REDUCED, 0)) & 1:
                numbers.append(number)
    except EOFError:
        return numbers or [0]
    except (OSError, ValueError, SyntaxError, TypeError, KeyError) as error:
        damaged(name, "picture", error)
    raise InputError(f"{name}: holds more than {_MOST_PAGES:,} pages; cut it into smaller files")


def pages(data: bytes, name: str, numbers: list[int]) -> Iterator[Picture]:
    """Yield the pages, upright as the camera held them, transparent parts white. Raises InputError."""
    from PIL import ImageOps  # noqa: PLC0415 - optional

    image = _opened(data, name)
    for number in numbers:
        try:
            with _quietly():
                if number:
                    image.seek(number)
                _check(image.size, name)
                page = _on_white(ImageOps.exif_transpose(image))
        except (OSError, ValueError, SyntaxError, EOFError, ArithmeticError, TypeError, KeyError) as error:
            damaged(name, "picture", error)
        yield page


def _opened(data: bytes, name: str) -> Any:
    from PIL import Image  # noqa: PLC0415 - optional

    try:
        with _quietly():
            image = Image.open(io.BytesIO(data), formats=_FORMATS)
    except Image.DecompressionBombError:
        _check((_MOST_POINTS, 2), name)
    except (OSError, ValueError, SyntaxError, TypeError, KeyError) as error:
        raise InputError(
            f"{name}: cannot be read as a picture: it is damaged or of an unknown kind; open it and save it again"
        ) from error
    _check(image.size, name)
    return image


@contextmanager
def _quietly() -> Iterator[None]:
    """Keep Pillow from warning: of large pictures, which _check measures, and of metadata that is not needed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _check(size: tuple[int, int], name: str) -> None:
    if size[0] * size[1] > _MOST_POINTS:
        raise InputError(
            f"{name}: a page has more than {_MOST_POINTS // 1_000_000} million points; save it at 300 points an inch"
        )


def _on_white(image: Any) -> Picture:
    from PIL import Image  # noqa: PLC0415 - optional

    if image.mode.startswith("I") or image.mode == "F":  # 16 bits and more a point
        values = np.asarray(image, dtype=np.float64)
        shade = (values * (255.0 / max(1.0, float(values.max())))).astype(np.uint8)
        return np.repeat(shade[:, :, None], 3, axis=2)
    if image.mode in {"RGBA", "LA", "PA"} or "transparency" in image.info:
        over = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", over.size, "white"), over)
    return np.asarray(image.convert("RGB"), dtype=np.uint8)
