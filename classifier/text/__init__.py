"""From bytes to tokens: reading, normalising, splitting, tokenising."""
