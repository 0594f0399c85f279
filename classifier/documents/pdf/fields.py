"""What lies over a page: values of form fields and text typed onto it are read, comments and signatures counted."""

import ctypes
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from classifier.documents.pdf.characters import Glyph, Style
from classifier.documents.pdf.orientation import Orientation
from classifier.documents.pdf.pdfium_types import Annotation, Form, Pdf, PdfPage, RawPdfium

_MOST = 5_000  # annotations of a page
_LARGEST = 14.0  # points: what the text of a field is taken to be at most
_HIDDEN = 0b10  # the flag of an annotation that is not shown


@dataclass
class Overlay:
    """`values`: of fields and typed text, each as one glyph where it stands. `comments`, `signatures`: how many."""

    values: list[Glyph] = field(default_factory=list)
    comments: int = 0
    signatures: int = 0


@contextmanager
def form_of(pdf: Pdf) -> Iterator[Form | None]:
    """Yield the form environment of a pypdfium2 document, None where it has no form.

    pypdfium2's own would write advice about XFA to the log.
    """
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - optional

    if pdf.get_formtype() == pdfium.FORMTYPE_NONE:
        yield None
        return
    settings = pdfium.FPDF_FORMFILLINFO(version=2)
    form = pdfium.FPDFDOC_InitFormFillEnvironment(pdf.raw, settings)
    try:
        yield form or None
    finally:
        if form:
            pdfium.FPDFDOC_ExitFormFillEnvironment(form)


def holds_xfa(pdf: Pdf) -> bool:
    """Tell whether the document is a form whose pages are made by a program inside it (XFA)."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - optional

    return bool(pdf.get_formtype() == pdfium.FORMTYPE_XFA_FULL)


def read_overlay(page: PdfPage, form: Form | None, orientation: Orientation) -> Overlay:
    """Return what lies over a pypdfium2 page; `form`: the document's form environment, None where it has no form."""
    import pypdfium2.raw as pdfium  # noqa: PLC0415 - optional

    overlay = Overlay()
    for index in range(min(_MOST, pdfium.FPDFPage_GetAnnotCount(page.raw))):
        annotation = pdfium.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            _take(overlay, pdfium, annotation, form, orientation)
        finally:
            pdfium.FPDFPage_CloseAnnot(annotation)
    return overlay


def _take(
    overlay: Overlay, pdfium: RawPdfium, annotation: Annotation, form: Form | None, orientation: Orientation
) -> None:
    kind = pdfium.FPDFAnnot_GetSubtype(annotation)
    if pdfium.FPDFAnnot_GetFlags(annotation) & _HIDDEN or kind == pdfium.FPDF_ANNOT_POPUP:
        return
    if kind == pdfium.FPDF_ANNOT_WIDGET:
        field_type = pdfium.FPDFAnnot_GetFormFieldType(form, annotation) if form else -1
        if field_type == pdfium.FPDF_FORMFIELD_SIGNATURE:
            overlay.signatures += 1
        elif field_type in {
            pdfium.FPDF_FORMFIELD_TEXTFIELD,
            pdfium.FPDF_FORMFIELD_COMBOBOX,
            pdfium.FPDF_FORMFIELD_LISTBOX,
        }:
            value = _string(lambda *at: pdfium.FPDFAnnot_GetFormFieldValue(form, annotation, *at))
            overlay.values += _glyphs(value, _rectangle(pdfium, annotation), orientation)
    elif kind == pdfium.FPDF_ANNOT_FREETEXT:
        typed = _string(lambda *at: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", *at))
        overlay.values += _glyphs(typed, _rectangle(pdfium, annotation), orientation)
    elif kind != pdfium.FPDF_ANNOT_LINK:
        overlay.comments += bool(_string(lambda *at: pdfium.FPDFAnnot_GetStringValue(annotation, b"Contents", *at)))


def _rectangle(pdfium: RawPdfium, annotation: Annotation) -> tuple[float, float, float, float]:
    rect = pdfium.FS_RECTF()
    pdfium.FPDFAnnot_GetRect(annotation, ctypes.byref(rect))
    return rect.left, rect.bottom, rect.right, rect.top


def _string(ask: Callable[..., int]) -> str:
    """Return what a function of pdfium writes as UTF-16; asked twice, first for the length."""
    length = ask(None, 0)
    if length <= 2:
        return ""
    buffer = ctypes.create_string_buffer(length)
    ask(ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), length)
    return buffer.raw[:length].decode("utf-16-le", "replace").rstrip("\0")


def _glyphs(text: str, rectangle: tuple[float, float, float, float], orientation: Orientation) -> Iterator[Glyph]:
    """Yield the lines of a value, set evenly into its rectangle."""
    lines = [line for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n") if line.strip()]
    if not lines:
        return
    left, top, right, bottom = orientation.box(rectangle)
    step = (bottom - top) / len(lines)
    size = max(1.0, min(_LARGEST, 0.8 * step))
    for index, line in enumerate(lines):
        yield Glyph(line.strip(), left, right, top + (index + 0.5) * step, size, Style("", bold=False))
