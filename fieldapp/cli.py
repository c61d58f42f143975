"""The command line: reads what was typed, by the table of commands, calls the one function and says plainly what it can't do.

A person at a command line is often an officer's nephew: every sentence stands in Vietnamese, with the English below it, and what
was typed wrongly never ends in a traceback. A traceback is our bug."""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any, NoReturn

from fieldapp.commands import COMMANDS, REST, Argument, Command, Impossible
from fieldapp.config import WrongSetting

ALONE = "serve"
# As shells say it for a command ended by Ctrl-C.
INTERRUPTED = 130
WRONG_USE = 2


def main(typed: Sequence[str]) -> int:
    """Carries out what was typed; the exit code: 0 done, 1 done with a bad result, 2 can't be done as asked."""
    first = typed[0] if typed else ""
    if not first or (first.startswith("-") and first not in ("-h", "--help")):
        typed = [ALONE, *typed]
    try:
        asked = vars(_parser().parse_args(typed))
        command: Command = asked.pop("command")
        module, _, function = command.function.partition(":")
        return getattr(import_module(module), function)(**asked) or 0
    except Impossible as why:
        return _say(why.vi, why.en)
    except WrongSetting as why:
        return _say(f"Biến môi trường đặt sai: {why} (docs/settings.md)", f"A variable of the environment is wrong: {why}")
    except KeyboardInterrupt:
        return INTERRUPTED


def _say(vi: str, en: str) -> int:
    print(f"{vi}\n{en}", file=sys.stderr)
    return WRONG_USE


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in both languages; argparse speaks one."""

    def error(self, message: str) -> NoReturn:
        raise Impossible(
            f"Lệnh gõ chưa đúng: {message}\nXem: {self.prog} --help", f"Not understood: {message}. See {self.prog} --help"
        )


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        "run.py", description="Từng Nhà: khảo sát từng hộ của một xã · the survey of every house of a commune",
        formatter_class=argparse.RawTextHelpFormatter, allow_abbrev=False,
    )  # fmt: skip
    commands = parser.add_subparsers(title="lệnh · commands", metavar="COMMAND")
    for command in COMMANDS:
        words = f"{command.vi}\n{command.en}"
        of_command = commands.add_parser(
            command.name, help=words, description=words, formatter_class=argparse.RawTextHelpFormatter, allow_abbrev=False
        )
        of_command.set_defaults(command=command)
        for argument in command.arguments:
            of_command.add_argument(argument.name, help=f"{argument.vi}\n{argument.en}", **_options(argument))
    return parser


def _options(argument: Argument) -> dict[str, Any]:
    if argument.value is None:
        return {"action": "store_true"}
    options: dict[str, Any] = {"metavar": argument.value, "type": _reading(argument), "default": None}
    if argument.name.startswith("-"):
        return options
    return {**options, "nargs": argparse.REMAINDER if argument.value == REST else "?"}


def _reading(argument: Argument) -> Any:
    def read(text: str) -> Any:
        try:
            return argument.read(text)
        except ValueError as bounds:
            raise argparse.ArgumentTypeError(f"{text!r} ({bounds})") from None

    return read


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
