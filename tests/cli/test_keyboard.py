"""Keys on Windows, where a key that is none of ours comes as two characters."""

import builtins
from typing import Any

import pytest
import typer

from classifier.cli.keyboard import keys


@pytest.fixture
def without_termios(monkeypatch: pytest.MonkeyPatch) -> None:
    really = builtins.__import__

    def imported(name: str, *rest: Any) -> Any:
        if name in {"termios", "tty"}:
            raise ModuleNotFoundError(name)
        return really(name, *rest)

    monkeypatch.setattr(builtins, "__import__", imported)


@pytest.mark.usefixtures("without_termios")
def test_arrows_and_function_keys_are_passed_over_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = iter(["\xe0H", "\x00;", "1", "\xe0", "\r"])
    monkeypatch.setattr(typer, "getchar", lambda: next(typed))
    with keys() as next_key:
        assert [next_key(), next_key()] == ["1", "\r"]


@pytest.mark.usefixtures("without_termios")
def test_the_end_of_the_terminal_is_told_on_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    def ended() -> str:
        raise EOFError

    monkeypatch.setattr(typer, "getchar", ended)
    with keys() as next_key, pytest.raises(EOFError):
        next_key()
