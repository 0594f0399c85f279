"""What stays in memory for long, kept away from Python's collector of cycles."""

import gc


def spare() -> None:
    """Have later collections pass over all that is in memory now.

    Else the collector walks through all of it now and then while requests wait: a tenth of a second for a model, some
    seconds for a large labels folder. What is let go is freed all the same, for neither holds cycles.
    """
    gc.collect(1)  # what is young and in cycles would stay for ever
    gc.freeze()
