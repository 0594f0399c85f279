"""The labelled paragraphs that are most like a text."""
