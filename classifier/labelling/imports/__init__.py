"""Labels from elsewhere into a labels folder: duplicates merged, conflicts decided."""
