"""Word files: an extract with styles, contents and page numbers; a labelled document with its labels in the margin."""
