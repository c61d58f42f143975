"""Reads XLSForm's expression language, such as `${phone} = 'smartphone' and ${age} >= 15`, to a small tree.

The tree is nested JSON lists, so that it travels to the phone, which only evaluates and never parses: a text or a number is
itself, ["$", name] is an answer, ["."] the value just given, everything else [operator or function, arguments …]. What
XLSForm allows but we can't evaluate on both sides (paths, position(), indexed-repeat) is refused here, with the place, when a
questionnaire is brought in."""

import re
from typing import Any, TypeAlias

Tree: TypeAlias = str | float | int | list[Any]

# A number of more digits would not be the same number on both sides.
MOST_CHARACTERS, DEEPEST, MOST_DIGITS = 4000, 60, 15

# Function → least and most arguments; None: any number.
FUNCTIONS: dict[str, tuple[int, int | None]] = {
    "not": (1, 1), "boolean": (1, 1), "true": (0, 0), "false": (0, 0), "if": (3, 3), "coalesce": (2, None),
    "selected": (2, 2), "count-selected": (1, 1), "count": (1, 1), "regex": (2, 2), "contains": (2, 2), "starts-with": (2, 2),
    "string": (1, 1), "number": (1, 1), "today": (0, 0), "int": (1, 1), "round": (1, 2), "min": (1, None), "max": (1, None),
    "concat": (1, None), "substr": (2, 3), "string-length": (1, 1),
}
TOKEN = re.compile(r"""
    (?P<variable>\$\{[ ]*(?P<name>[A-Za-z_][A-Za-z0-9_.-]*)[ ]*\})
  | (?P<number>[0-9]+(?:\.[0-9]*)?|\.[0-9]+)
  | (?P<text>"[^"]*"|'[^']*')
  | (?P<word>[A-Za-z_][A-Za-z0-9_-]*)
  | (?P<sign><=|>=|!=|[=<>+*(),.-])
""", re.VERBOSE)
SPACE = re.compile(r"[ \t\r\n\u00a0]*")
# Loosest first; each level's operators bind from the left.
LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
# Spelled alike by Python and by browsers; what only one of them knows would let the two sides disagree.
FOREIGN_PATTERN = re.compile(r"\(\?(?![:=!])|\\[AZzpPkuUNG]|[*+?}]\+")


class ExpressionError(ValueError):
    """An expression that can't be read. where: the character, from 0; code: why, for the edges to put into words."""

    def __init__(self, code: str, where: int, found: str = "") -> None:
        super().__init__(f"{code} at {where}: {found}")
        self.code, self.where, self.found = code, where, found


def parse(text: str) -> Tree:
    """The tree of an expression; raises ExpressionError with the place where reading stopped."""
    if len(text) > MOST_CHARACTERS:
        raise ExpressionError("too_long", MOST_CHARACTERS)
    reader = _Reader(_tokens(text), len(text))
    tree = reader.level(0)
    if reader.kind != "end":
        raise ExpressionError("unexpected", reader.where, reader.token)
    return tree


def variables(tree: Tree) -> set[str]:
    """The names of the answers that a tree reads."""
    if not isinstance(tree, list):
        return set()
    if tree[0] == "$":
        return {tree[1]}
    return set().union(*(variables(part) for part in tree[1:])) if len(tree) > 1 else set()


def _tokens(text: str) -> list[tuple[str, str, int]]:
    found, place = [], SPACE.match(text).end()  # type: ignore[union-attr]
    while place < len(text):
        token = TOKEN.match(text, place)
        if not token or not token.lastgroup:
            unclosed = text[place] in "'\"" or text.startswith("${", place)
            raise ExpressionError("unclosed" if unclosed else "unexpected", place, text[place:place + 12])
        kind = "variable" if token["variable"] else token.lastgroup
        found.append((kind, token["name"] or token[0], place))
        place = SPACE.match(text, token.end()).end()  # type: ignore[union-attr]
    return found


class _Reader:
    """One pass over the tokens, one level of LEVELS at a time."""

    def __init__(self, tokens: list[tuple[str, str, int]], end: int) -> None:
        self.tokens, self.next, self.end, self.depth = tokens, 0, end, 0
        self.take()

    def take(self) -> str:
        taken = getattr(self, "token", "")
        self.kind, self.token, self.where = self.tokens[self.next] if self.next < len(self.tokens) else ("end", "", self.end)
        self.next += 1
        return taken

    def expect(self, sign: str) -> None:
        if self.kind != "sign" or self.token != sign:
            raise ExpressionError("expected_" + {"(": "open", ")": "close"}[sign], self.where, self.token)
        self.take()

    def level(self, number: int) -> Tree:
        if number == len(LEVELS):
            return self.signed()
        left = self.level(number + 1)
        while self.kind in ("sign", "word") and self.token in LEVELS[number]:
            operator = self.take()
            left = [operator, left, self.level(number + 1)]
        return left

    def signed(self) -> Tree:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionError("too_deep", self.where)
        if self.kind == "sign" and self.token == "-":
            self.take()
            tree: Tree = ["neg", self.signed()]
        else:
            tree = self.single()
        self.depth -= 1
        return tree

    def single(self) -> Tree:
        kind, where, token = self.kind, self.where, self.take()
        if kind == "variable":
            return ["$", token]
        if kind == "number":
            if len(token) > MOST_DIGITS:
                raise ExpressionError("too_long", where, token)
            return float(token) if "." in token else int(token)
        if kind == "text":
            return token[1:-1]
        if kind == "sign" and token == ".":
            return ["."]
        if kind == "sign" and token == "(":
            tree = self.level(0)
            self.expect(")")
            return tree
        if kind == "word":
            return self.called(token, where)
        raise ExpressionError("ends_early" if kind == "end" else "unexpected", where, token)

    def called(self, name: str, where: int) -> Tree:
        if name not in FUNCTIONS:
            raise ExpressionError("unknown_function", where, name)
        self.expect("(")
        given: list[Tree] = []
        if not (self.kind == "sign" and self.token == ")"):
            given.append(self.level(0))
            while self.kind == "sign" and self.token == ",":
                self.take()
                given.append(self.level(0))
        self.expect(")")
        least, most = FUNCTIONS[name]
        if len(given) < least or (most is not None and len(given) > most):
            raise ExpressionError("wrong_number_of_arguments", where, name)
        if name == "regex":
            _pattern_or_error(given[1], where)
        return [name, *given]


def _pattern_or_error(pattern: Tree, where: int) -> None:
    if not isinstance(pattern, str) or FOREIGN_PATTERN.search(pattern):
        raise ExpressionError("bad_pattern", where, str(pattern))
    try:
        re.compile(pattern)
    except re.error as error:
        raise ExpressionError("bad_pattern", where, pattern) from error
