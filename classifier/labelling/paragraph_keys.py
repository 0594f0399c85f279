"""When are two paragraphs the same: what duplicates, conflicts and corrections go by."""

import hashlib
import unicodedata
from collections.abc import Mapping

import orjson


def text_key(text: str) -> str:
    """Return a name for a text, whatever its spaces, line breaks and full or half width."""
    return hashlib.sha256(folded(text).encode("utf-8", "surrogatepass")).hexdigest()[:24]


def folded(text: str) -> str:
    """Return a text without its spaces and line breaks, in one width."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def words_key(words: Mapping[str, int]) -> str:
    """Return a name for word counts: all that is known of a paragraph handed on without its text."""
    return "w" + hashlib.sha256(orjson.dumps(sorted(words.items()))).hexdigest()[:23]
