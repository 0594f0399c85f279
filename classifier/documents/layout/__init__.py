"""From text placed on pages to blocks: lines, columns, tables, page furniture, paragraphs. For formats of fixed layout.

Needs nothing but positions, so that OFD, recognised pictures and any other fixed layout share it.
"""
