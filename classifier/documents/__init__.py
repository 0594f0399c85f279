"""From bytes to a document: its text, its structure, and notes on what was left out. One module a format family."""
