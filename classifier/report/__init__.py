"""Pages to read: paragraphs with their labels → plain data → HTML that needs nothing from outside."""
