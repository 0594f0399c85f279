"""Commands whose help and complaints read in the language of the person at the terminal."""

import shutil
from collections.abc import Iterator
from typing import Any, cast

import typer
from typer.core import TyperCommand, TyperGroup

from classifier.i18n.language import language

_REFUSED = cast(type[Exception], typer.BadParameter.__mro__[2])  # ClickException: typer has no name of its own for it
_WIDEST = 100  # columns of a help text
_SENTENCE = 1000  # characters, more than a first sentence has


class Command(TyperCommand):
    """A command with help in Chinese, too."""

    def get_help(self, ctx: Any) -> str:
        """Return the help in the language of the person at the terminal."""
        return super().get_help(ctx) if language() == "en" else _in_chinese(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        """Return the line that says how the command is called."""
        return _usage(super().get_usage(ctx))

    def get_short_help_str(self, limit: int = _SENTENCE) -> str:
        """Return the first sentence of the help, whole: in a list of commands it goes on in the next line."""
        return super().get_short_help_str(max(limit, _SENTENCE))


class Group(TyperGroup):
    """A group of commands with help in Chinese, too."""

    def get_help(self, ctx: Any) -> str:
        """Return the help in the language of the person at the terminal."""
        return super().get_help(ctx) if language() == "en" else _in_chinese(self, ctx)

    def get_usage(self, ctx: Any) -> str:
        """Return the line that says how the command is called."""
        return _usage(super().get_usage(ctx))

    def get_short_help_str(self, limit: int = _SENTENCE) -> str:
        """Return the first sentence of the help, whole: in a list of commands it goes on in the next line."""
        return super().get_short_help_str(max(limit, _SENTENCE))


def run(app: typer.Typer, name: str) -> int:
    """Run a command line and return its exit code; what is wrong with its words is said on standard error."""
    try:
        code = app(prog_name=name, standalone_mode=False)
    except typer.Abort:
        from classifier.cli.say import say  # noqa: PLC0415 - hardly ever

        say("stopped")
        return 1
    except _REFUSED as refused:
        _complain(refused)
        return cast(int, getattr(refused, "exit_code", 2))
    return code if isinstance(code, int) else 0


def _complain(refused: Any) -> None:
    """Say what is wrong with a command's words, how it is called, and where its help is."""
    if language() == "en":
        refused.show()
        return
    if type(refused).__name__ == "NoArgsIsHelpError":  # a group named alone: its message is the help
        typer.echo(refused.format_message(), err=True)
        return
    from classifier.cli.chinese_help import places  # noqa: PLC0415 - only for complaints
    from classifier.i18n.sentences import in_the_readers_language  # noqa: PLC0415

    if not getattr(refused, "possibilities", None):  # before the option's name comes in front of it
        refused.message = in_the_readers_language(refused.message)
    context = getattr(refused, "ctx", None)
    if context is not None:
        typer.echo(f"{context.get_usage()}\n运行“{context.command_path} --help”查看用法。\n", err=True)
    typer.echo(f"错误：{places(in_the_readers_language(refused.format_message()))}", err=True)


def _usage(line: str) -> str:
    if language() == "en":
        return line
    from classifier.cli.chinese_help import places  # noqa: PLC0415 - only for help and complaints

    line = (
        line.replace("Usage: ", "用法：").replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
    )
    return places(line)


def _in_chinese(command: Any, ctx: Any) -> str:
    """Return all of a command's help."""
    return "\n".join(_lines(command, ctx)) + "\n"


def _lines(command: Any, ctx: Any) -> Iterator[str]:
    from classifier.cli.chinese_help import chinese_help, extras, places, section  # noqa: PLC0415 - only for help

    texts, path = chinese_help(), " ".join(ctx.command_path.split()[1:])
    told, width = texts[path], min(shutil.get_terminal_size().columns, _WIDEST)
    yield from (command.get_usage(ctx), "")
    yield from (f"  {line}".rstrip() for line in told["help"].strip().splitlines())
    kinds: dict[str, list[tuple[str, str]]] = {"argument": [], "option": []}
    for parameter in command.get_params(ctx):
        meaning = told.get("parameters", {}).get(parameter.name)
        if meaning is not None:
            parameter.help = meaning
        record = parameter.get_help_record(ctx)
        if record is not None:
            kinds[parameter.param_type_name].append((places(record[0]), extras(record[1])))
    for title, rows in (("参数", kinds["argument"]), ("选项", kinds["option"])):
        if rows:
            yield from section(title, rows, width)
    below = [(name, texts[f"{path} {name}".strip()]["short"]) for name in getattr(command, "commands", ())]
    if below:
        yield from section("命令", below, width)
    if "epilog" in told:
        yield from ("", f"  {told['epilog']}")
