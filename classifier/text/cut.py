"""The engines that cut a run of Han characters into words.

The Rust jieba (`rjieba`) has the dictionary and the hidden Markov model of `jieba` at some fifteen times its speed.
Where rjieba has no build, `jieba` itself takes over and gives the same words, but for one thing: Han characters outside
U+4E00-9FD5 (Extension A, the newest of the basic block) that stand side by side are one word to rjieba 0.2.2 and a
word each to jieba 0.42.1. Such are names and variants too rare to be a feature of any model.
"""

import sys
from collections.abc import Callable, Iterable
from functools import lru_cache
from importlib.machinery import PathFinder
from importlib.util import find_spec, module_from_spec
from threading import Lock
from typing import Any

_TERM_FREQUENCY = 2000  # high enough that a domain term is kept whole; the same for both engines
_LOADING = Lock()

Cut = Callable[[str], list[str]]


@lru_cache(maxsize=1)
def dictionary_cutter() -> Cut:
    """Return the function that cuts a run into words of jieba's own dictionary only, guessing none."""
    try:
        jieba_of_rust = _rust_class()
    except ImportError:
        import jieba  # noqa: PLC0415 - as below

        jieba.setLogLevel("ERROR")
        tokenizer = jieba.Tokenizer()
        return lambda run: list(tokenizer.cut(run, HMM=False))
    cut: Callable[[str, bool], list[str]] = jieba_of_rust().cut
    return lambda run: cut(run, False)


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
    jieba = _rust_class()()
    for term in terms:
        jieba.add_word(term, _TERM_FREQUENCY, "n")
    cut: Cut = jieba.cut
    return cut


def _rust_class() -> Any:
    """Return the class `rjieba.Jieba`; raise ImportError where rjieba has no build.

    Each of its objects reads the dictionary, 0.1 s; so does importing rjieba, for its functions. Therefore its compiled
    module is imported without it.
    """
    name, package = "rjieba.rjieba", find_spec("rjieba")
    spec = PathFinder.find_spec(name, package.submodule_search_locations) if package is not None else None
    if spec is None or spec.loader is None:
        raise ImportError("rjieba is not installed")
    with _LOADING:
        if name not in sys.modules:
            module = module_from_spec(spec)
            spec.loader.exec_module(module)
            sys.modules[name] = module
        return sys.modules[name].Jieba


def _python(terms: Iterable[str]) -> Cut:
    import jieba  # noqa: PLC0415 - over a second; only the fallback needs it

    jieba.setLogLevel("ERROR")  # it reports on standard error that it builds its dictionary
    tokenizer = jieba.Tokenizer()
    for term in terms:
        tokenizer.add_word(term, _TERM_FREQUENCY)
    cut: Cut = tokenizer.lcut
    return cut
