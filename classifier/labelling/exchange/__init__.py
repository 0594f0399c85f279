"""Labels from and for other programs: tables, Label Studio, doccano, fastText, JSON Lines."""
