"""Tables of paragraphs in every form an office holds them: delimited text, workbooks, JSON. Read once, here, for all."""
