"""A labels folder on disk: begun, read, merged, written batch by batch."""
