"""Text recognition of scans and pictures (the extra `ocr`), offline on a processor.

rapidocr 3.10.0 brings its models inside its package; only its detector and recogniser are used: its own pipeline reads
columns row by row, drops unsure lines without a word, and spends half its time on cutting lines out.
"""

from classifier.documents.ocr.reader import pdf_page_blocks, read_pdf_page, read_picture

__all__ = ["pdf_page_blocks", "read_pdf_page", "read_picture"]
