"""From text placed on pages to blocks: lines, columns, tables, page furniture, paragraphs. For formats of fixed layout.

Needs nothing but positions, so that OFD, recognised pictures and any other fixed layout share it. PDFs have a second
engine (pdf/), which rests on what these cannot tell: single characters, their fonts and weights, and ruling lines.
"""
