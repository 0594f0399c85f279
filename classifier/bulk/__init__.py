"""Tables of text in, tables of labels out: formats, the engine for one machine, the engine for Spark."""
