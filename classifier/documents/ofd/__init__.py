"""OFD (GB/T 33190-2016), the fixed-layout format of Chinese government documents (the extra `documents`, for lxml).

A reader of our own: ofdkit 0.2.0 leaves out without a word what annotations say, what is drawn twice and what stands
outside the page, and does not know glyphs without characters; easyofd 20260427 gives objects in file order.
"""

from classifier.documents.ofd.reader import read_ofd

__all__ = ["read_ofd"]
