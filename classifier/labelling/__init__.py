"""From files on disk to labelled paragraphs: the taxonomy and the corpus."""
