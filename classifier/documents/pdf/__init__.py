"""PDFs with a text layer (the extra `documents`): characters → lines → columns → furniture → paragraphs and tables.

pdfium's own text is in the file's order, cuts paragraphs at every line and keeps page numbers inside them; so only its
characters and their places are taken, and what they make up is told from the places here. It is not layout/ that tells
it, for that knows lines without fonts; here single characters, their fonts and weights, and ruling lines count.
"""

from classifier.documents.pdf.reader import read_pdf

__all__ = ["read_pdf"]
