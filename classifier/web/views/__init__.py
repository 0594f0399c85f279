"""What the pages show, as plain data."""
