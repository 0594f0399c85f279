"""Pages of an OFD file that are one large picture: recognised where the extra `ocr` is installed."""

from collections.abc import Iterator, Sequence
from importlib.util import find_spec

from classifier.documents.ocr.lines import RecognisedPage
from classifier.documents.ofd.container import Container, children, value
from classifier.documents.ofd.drawing import PictureObject
from classifier.documents.ofd.placing import Box
from classifier.documents.ofd.structure import OfdDocument
from classifier.errors import InputError

_LARGE = 0.25  # of the page: a picture so large may be a scan of it, or a strip of one


def recognised_pages(
    container: Container, document: OfdDocument, pictures: Sequence[PictureObject], page_box: Box, number: int
) -> Iterator[RecognisedPage]:
    """Yield what stands on the large pictures of a page, from top to bottom; nothing without `ocr`.

    A picture in a format that Pillow does not open (JBIG2) yields nothing, either.
    """
    if not (find_spec("rapidocr") and find_spec("onnxruntime")):
        return
    from classifier.documents.ocr.pictures import pages  # noqa: PLC0415 - numpy and more
    from classifier.documents.ocr.reader import read_picture_page  # noqa: PLC0415

    files = _media(container, document)
    for one in sorted(pictures, key=lambda picture: picture.y):
        path = files.get(one.resource)
        if path is None or one.area < _LARGE * page_box[2] * page_box[3]:
            continue
        data = container.bytes(path)
        try:
            for picture in pages(data or b"", path, [0]):
                yield read_picture_page(picture, number, container.name)
        except InputError:
            continue


def _media(container: Container, document: OfdDocument) -> dict[str, str]:
    """Return the files of pictures by the IDs that pages use (MultiMedias of PublicRes and DocumentRes)."""
    found: dict[str, str] = {}
    for resource in document.resources:
        root = container.xml(resource)
        base = "" if root is None else (root.get("BaseLoc") or "").strip()
        for media in children(root, "MultiMedias"):
            for child in children(media, "MultiMedia"):
                location = value(child, "MediaFile")
                inside = f"{base.rstrip('/')}/{location}" if base else location
                path = container.resolve(resource, inside) or container.resolve(resource, location)
                if path:
                    found.setdefault((child.get("ID") or "").strip(), path)
    return found
