"""Tables of paragraphs in every form an office holds them: delimited text, workbooks, JSON. Read here, for all."""
