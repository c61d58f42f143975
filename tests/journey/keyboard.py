"""Somebody with a keyboard and no sight: goes from thing to thing by Tab and the arrows, and knows each only by what the browser
tells a reader of screens: role, name, state, and the group it stands in."""

from dataclasses import dataclass

from playwright.sync_api import Page, expect

MOST_TABS, MOST_ARROWS = 150, 40


@dataclass(frozen=True, slots=True)
class Focused:
    """What a reader of screens would say of the thing in focus."""

    role: str
    name: str
    group: str
    checked: bool
    question: str | None


class Keyboard:
    """Hands that only press keys."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.tree = page.context.new_cdp_session(page)
        self.tree.send("Accessibility.enable")

    def begin_at(self, title: str) -> None:
        """Wait for the screen of this title: a keyboard begins at its heading."""
        expect(self.page.get_by_role("heading", level=1, name=title, exact=True)).to_be_focused()

    def focused(self) -> Focused:
        """The thing in focus, as the accessibility tree has it."""
        found = self.tree.send("Runtime.evaluate", {"expression": "document.activeElement"})["result"]["objectId"]
        nodes = self.tree.send("Accessibility.getPartialAXTree", {"objectId": found, "fetchRelatives": True})["nodes"]
        this, *_others = [node for node in nodes if any(each["name"] == "focused" for each in node.get("properties", ()))] or nodes
        groups = [_said(node, "name") for node in nodes if _said(node, "role") == "group"]
        checked = any(each["name"] == "checked" and each["value"]["value"] == "true" for each in this.get("properties", ()))
        question = self.page.evaluate("document.activeElement.closest('[data-question]')?.dataset.question ?? null")
        return Focused(_said(this, "role"), _said(this, "name"), groups[0] if groups else "", checked, question)

    def reach(self, role: str, name: str) -> None:
        """Tab to the thing of this role whose name begins so."""
        self._tab(lambda here: here.role == role and here.name.startswith(name), f"{role} {name}")

    def use(self, role: str, name: str) -> None:
        """Tab to it and press Enter."""
        self.reach(role, name)
        self.page.keyboard.press("Enter")

    def write(self, role: str, name: str, text: str) -> None:
        self.reach(role, name)
        self.page.keyboard.type(text)

    def choose(self, group: str, name: str) -> None:
        """In the group of this name go to this choice, and take it."""
        self._tab(lambda here: here.role == "radio" and here.group == group, f"a choice of {group}")
        self._arrow(lambda here: here.name.startswith(name), f"{group}: {name}")
        self.page.keyboard.press("Enter")

    def answer(self, question: str, name: str) -> None:
        """Of this question take the choice of this name; the arrow that reaches it has taken it."""
        self._tab(lambda here: here.question == question and here.role == "radio", question)
        self._arrow(lambda here: here.name.startswith(name), f"{question}: {name}")
        if not self.focused().checked:
            self.page.keyboard.press("Space")
        self._has_taken(name)

    def tick(self, group: str, name: str) -> None:
        """One of the choices of which many may be taken."""
        self._tab(lambda here: here.role == "checkbox" and here.group == group and here.name == name, f"{group}: {name}")
        self.page.keyboard.press("Space")
        self._has_taken(name)

    def _has_taken(self, name: str) -> None:
        expect(self.page.locator(":focus")).to_be_checked()
        here = self.focused()
        assert here.name.startswith(name) and here.checked

    def _tab(self, is_it, wanted: str) -> None:
        passed = []
        for _ in range(MOST_TABS):
            passed.append(here := self.focused())
            if is_it(here):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"no {wanted} in the way of Tab, only {passed}")

    def _arrow(self, is_it, wanted: str) -> None:
        passed = []
        for _ in range(MOST_ARROWS):
            passed.append(here := self.focused())
            if is_it(here):
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no {wanted} under the arrows, only {passed}")


def _said(node, what: str) -> str:
    return node.get(what, {}).get("value") or ""
