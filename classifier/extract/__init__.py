"""Extracts (摘编): all that many documents say on a topic, each passage with its source, as a file to work with."""
