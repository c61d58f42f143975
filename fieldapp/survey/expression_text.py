"""A tree written out again as XLSForm writes it, for people who look at a rule; parsing the text gives the tree."""

from fieldapp.survey.expression_parse import LEVELS, Tree

LOOSENESS = {operator: level for level, operators in enumerate(LEVELS) for operator in operators}
TIGHT = len(LEVELS)


def text_of(tree: Tree) -> str:
    """The expression: ["=", ["$", "phone"], "basic"] is ${phone} = 'basic'."""
    return _text(tree, 0)


def _text(tree: Tree, least: int) -> str:
    if not isinstance(tree, list):
        return f'"{tree}"' if isinstance(tree, str) and "'" in tree else f"'{tree}'" if isinstance(tree, str) else str(tree)
    operator, parts = tree[0], tree[1:]
    if operator == "$":
        return f"${{{parts[0]}}}"
    if operator == ".":
        return "."
    if operator == "neg":
        return f"-{_text(parts[0], TIGHT)}"
    if operator not in LOOSENESS:
        return f"{operator}({', '.join(_text(part, 0) for part in parts)})"
    level = LOOSENESS[operator]
    # The right side stands one level tighter: operators of a level bind from the left.
    written = f"{_text(parts[0], level)} {operator} {_text(parts[1], level + 1)}"
    return f"({written})" if level < least else written
