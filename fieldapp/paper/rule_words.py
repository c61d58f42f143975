"""A rule of an indicator as a sentence that an officer reads: “Điện thoại” là “Thông minh”. What it has no words for stands as it is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from fieldapp.survey.expression import parse
from fieldapp.survey.expression_text import text_of

Tree = Any


class Labelled(Protocol):
    """What a question is called and its choices are, by language."""

    @property
    def labels(self) -> Mapping[str, str]: ...
    @property
    def choice_labels(self) -> Mapping[str, Mapping[str, str]]: ...


Asked = Mapping[str, Labelled]


def later(text: str) -> str:
    """A phrase that is said in the reader's language only where it is used."""
    return text


# What indicators may read beside the questions.
BESIDE = {
    "adults_with_smartphone": later("số người từ 15 tuổi trong hộ có điện thoại thông minh"),
    "adults_phone_unknown": later("số người từ 15 tuổi trong hộ chưa rõ có điện thoại gì"),
    "poverty": later("diện hộ"), "age": later("tuổi"), "year": later("năm của lượt đến"), "retirement_age": later("tuổi nghỉ hưu"),
    "working_age": later("trong độ tuổi lao động"),
}  # fmt: skip
CHOICES_BESIDE = {
    "poverty": {"poor": later("hộ nghèo"), "near_poor": later("hộ cận nghèo"), "none": later("không nghèo")},
    "working_age": {"yes": later("có"), "no": later("không")},
}  # fmt: skip
COMPARED = {
    "=": later("%(left)s bằng %(right)s"), "!=": later("%(left)s khác %(right)s"), ">": later("%(left)s lớn hơn %(right)s"),
    "<": later("%(left)s nhỏ hơn %(right)s"), ">=": later("%(left)s từ %(right)s trở lên"), "<=": later("%(left)s không quá %(right)s"),
}  # fmt: skip
ANSWERED = {
    "=": later("%(question)s là %(answer)s"), "!=": later("%(question)s không phải là %(answer)s"), "selected": later("%(question)s là %(answer)s"),
    "unselected": later("%(question)s không có %(answer)s"), "contains": later("%(question)s có chữ %(answer)s"),
    "starts-with": later("%(question)s bắt đầu bằng %(answer)s"), "regex": later("%(question)s viết theo mẫu %(answer)s"),
}  # fmt: skip
BLANK = {"=": later("%(question)s chưa trả lời"), "!=": later("%(question)s đã trả lời")}
RECKONED = {
    "+": later("%(left)s cộng %(right)s"), "-": later("%(left)s trừ %(right)s"), "*": later("%(left)s nhân %(right)s"),
    "div": later("%(left)s chia cho %(right)s"),
}  # fmt: skip
ALWAYS, NEVER = later("mọi trường hợp"), later("không trường hợp nào")
NOT, OR, AND = later("không phải: %(rule)s"), later("hoặc"), later("và")
COUNTED = later("số câu đã chọn ở %(question)s")
TURNED = {">": "<", "<": ">", ">=": "<=", "<=": ">="}


def rule_words(rule: str, asked: Asked, say: Callable[[str], str] = str, language: str = "vi") -> str:
    """The rule in words. asked: the questions by name; say: a phrase in the reader's language."""
    return _Telling(asked, say, language).truth(parse(rule))


@dataclass(frozen=True, slots=True)
class _Telling:
    asked: Asked
    say: Callable[[str], str]
    language: str

    def truth(self, tree: Tree, within: str = "") -> str:
        """What must be so. within: the word that joins it to others."""
        operator = tree[0] if isinstance(tree, list) else None
        if operator in ("or", "and"):
            said = (operator == "or" and self._alike(tree)) or self._joined(tree, operator)
            return f"({said})" if within not in ("", operator) and not self._is_alike(tree) else said
        if operator == "not":
            return self._denied(tree[1])
        if operator in ("true", "false"):
            return self.say(ALWAYS if operator == "true" else NEVER)
        return self._answered(tree) or self._compared(tree) or text_of(tree)

    def _joined(self, tree: Tree, operator: str) -> str:
        return f" {self.say(OR if operator == 'or' else AND)} ".join(self.truth(part, operator) for part in _flat(tree, operator))

    def _denied(self, tree: Tree) -> str:
        if isinstance(tree, list) and tree[0] == "selected" and (said := _asked_of(tree)):
            return self._phrase("unselected", *said)
        if isinstance(tree, list) and tree[0] == "not":
            return self.truth(tree[1])
        return self.say(NOT) % {"rule": self.truth(tree, "not")}

    def _is_alike(self, tree: Tree) -> bool:
        return tree[0] == "or" and self._alike(tree) is not None

    def _alike(self, tree: Tree) -> str | None:
        """One sentence where several answers to one question are joined by "or"; None where they are not alike."""
        parts = [(part[0], *said) for part in _flat(tree, "or") if isinstance(part, list) and (said := _asked_of(part)) and said[1] != ""]
        if len(parts) != len(_flat(tree, "or")) or len({part[:2] for part in parts}) != 1 or parts[0][0] not in ("=", "selected"):
            return None
        answers = f" {self.say(OR)} ".join(self._answer(name, value) for _, name, value in parts)
        return self.say(ANSWERED[parts[0][0]]) % {"question": self._question(parts[0][1]), "answer": answers}

    def _answered(self, tree: Tree) -> str | None:
        if not isinstance(tree, list) or tree[0] not in ANSWERED or (said := _asked_of(tree)) is None:
            return None
        name, value = said
        if value == "" and tree[0] in BLANK:
            return self.say(BLANK[tree[0]]) % {"question": self._question(name)}
        return self._phrase(tree[0], name, value) if isinstance(value, str) else None

    def _phrase(self, sign: str, name: str, value: object) -> str:
        return self.say(ANSWERED[sign]) % {"question": self._question(name), "answer": self._answer(name, value)}

    def _compared(self, tree: Tree) -> str | None:
        if not isinstance(tree, list) or tree[0] not in COMPARED:
            return None
        sign, left, right = tree
        if not isinstance(left, list) and isinstance(right, list):
            sign, left, right = TURNED.get(sign, sign), right, left
        sides = {"left": self._term(left), "right": self._term(right)}
        return None if None in sides.values() else self.say(COMPARED[sign]) % sides

    def _term(self, tree: Tree) -> str | None:
        if not isinstance(tree, list):
            return f"“{tree}”" if isinstance(tree, str) else str(tree)
        if tree[0] == "$":
            return self._question(tree[1])
        if tree[0] in ("number", "int", "string") or (tree[0] == "round" and len(tree) == 2):
            return self._term(tree[1])
        if tree[0] == "count-selected" and isinstance(tree[1], list) and tree[1][0] == "$":
            return self.say(COUNTED) % {"question": self._question(tree[1][1])}
        sides = {"left": self._term(tree[1]), "right": self._term(tree[2])} if tree[0] in RECKONED else {"left": None}
        return None if None in sides.values() else f"({self.say(RECKONED[tree[0]]) % sides})"

    def _question(self, name: str) -> str:
        found = self.asked.get(name)
        label = found and (found.labels.get(self.language) or found.labels.get("vi"))
        return f"“{label}”" if label else self.say(BESIDE[name]) if name in BESIDE else name

    def _answer(self, name: str, value: object) -> str:
        found = self.asked.get(name)
        labels = found.choice_labels.get(value, {}) if found is not None and isinstance(value, str) else {}
        label = labels.get(self.language) or labels.get("vi")
        beside = CHOICES_BESIDE.get(name, {}).get(str(value))
        return f"“{label}”" if label else self.say(beside) if beside else f"“{value}”"


def _flat(tree: Tree, operator: str) -> list[Tree]:
    """What is joined by the same word, however it was bracketed."""
    return [each for part in tree[1:] for each in (_flat(part, operator) if isinstance(part, list) and part[0] == operator else [part])]


def _asked_of(tree: Tree) -> tuple[str, Any] | None:
    """(question, value) of what compares a question with a plain value, whichever stands first; None where it is neither."""
    if len(tree) != 3:
        return None
    first, second = (tree[2], tree[1]) if tree[0] in ("=", "!=") and isinstance(tree[2], list) and not isinstance(tree[1], list) else tree[1:]
    return (first[1], second) if isinstance(first, list) and first[0] == "$" and not isinstance(second, list) else None
