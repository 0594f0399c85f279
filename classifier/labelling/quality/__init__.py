"""How good a labelled corpus is: near-duplicates, agreement of readers, statistics."""
