"""Which words name a subject: told from the parts of speech in jieba's dictionary."""

import re
from functools import cache

# jieba's tags (those of ICTCLAS): nouns, verbs, adjectives, idioms, set phrases, abbreviations. Left out are names of
# people (nr), places (ns) and bodies (nt), numbers (m), times (t), pronouns (r), adverbs (d), particles.
_CONTENT = frozenset({"a", "ad", "an", "b", "g", "i", "j", "l", "n", "ng", "nl", "nz", "v", "vd", "vi", "vn"})
# What the dictionary does not know may still end as the name of a place or an office does.
_NAME = re.compile("..(省|市|县|区|州|盟|旗|镇|乡|村|厅|局|委)$")


def names_a_subject(word: str) -> bool:
    """Tell whether a word can stand for a topic: of two characters or more, no name, no number, no function word."""
    tag = _tags().get(word)
    if len(word) < 2 or (tag is not None and tag not in _CONTENT):
        return False
    return tag is not None or _NAME.search(word) is None


@cache
def _tags() -> dict[str, str]:
    import jieba  # noqa: PLC0415 - only who fits topics needs the dictionary

    with jieba.get_dict_file() as lines:
        parts = (line.decode("utf-8").split() for line in lines)
        return {fields[0]: fields[2] for fields in parts if len(fields) == 3}
