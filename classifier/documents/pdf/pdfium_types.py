"""Names for pypdfium2's objects: the package carries no types of its own, and is an extra that not everybody has."""

from typing import Any, TypeAlias

Pdf: TypeAlias = Any  # a document
PdfPage: TypeAlias = Any
PageObject: TypeAlias = Any  # a piece of text, a path, a picture or a form of such
TextPage: TypeAlias = Any  # a page's characters
Form: TypeAlias = Any  # of a document, to be filled in
RawPdfium: TypeAlias = Any  # the functions of the C library
Annotation: TypeAlias = Any
