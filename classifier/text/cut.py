"""The engines that cut a run of Han characters into words.

The Rust jieba (`rjieba`) has the dictionary and the hidden Markov model of `jieba` at some fifteen times its speed.
Where rjieba has no build, `jieba` itself takes over and gives the same words, but for one thing: Han characters outside
U+4E00-9FD5 (Extension A, the newest of the basic block) that stand side by side are one word to rjieba 0.2.2 and a
word each to jieba 0.42.1. Such are names and variants too rare to be a feature of any model.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache

_TERM_FREQUENCY = 2000  # high enough that a domain term is kept whole; the same for both engines

Cut = Callable[[str], list[str]]


@lru_cache(maxsize=1)
def dictionary_cutter() -> Cut:
    """Return the function that cuts a run into words of jieba's own dictionary only, guessing none."""
    try:
        import rjieba  # noqa: PLC0415 - as below
    except ImportError:
        import jieba  # noqa: PLC0415 - as below

        jieba.setLogLevel("ERROR")
        tokenizer = jieba.Tokenizer()
        return lambda run: list(tokenizer.cut(run, HMM=False))
    return lambda run: list(rjieba.cut(run, False))


@lru_cache(maxsize=8)
def cutter(terms: tuple[str, ...], engine: str | None) -> Cut:
    """Return the function that cuts a run of Han characters into words."""
    if engine in (None, "rjieba"):
        try:
            return _rust(terms)
        except ImportError:
            if engine == "rjieba":
                raise
    return _python(terms)


def _rust(terms: Iterable[str]) -> Cut:
    import rjieba  # noqa: PLC0415 - 0.15 s; only who cuts text needs it

    jieba = rjieba.Jieba()
    for term in terms:
        jieba.add_word(term, _TERM_FREQUENCY, "n")
    cut: Cut = jieba.cut
    return cut


def _python(terms: Iterable[str]) -> Cut:
    import jieba  # noqa: PLC0415 - over a second; only the fallback needs it

    jieba.setLogLevel("ERROR")  # it reports on standard error that it builds its dictionary
    tokenizer = jieba.Tokenizer()
    for term in terms:
        tokenizer.add_word(term, _TERM_FREQUENCY)
    cut: Cut = tokenizer.lcut
    return cut
