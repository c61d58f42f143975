"""The real Chromium of the tests (fieldapp/browsing): what it shows, read by axe."""

from pathlib import Path

from playwright.sync_api import Page

from fieldapp.browsing.chromium import kill, launch

__all__ = ["axe", "kill", "launch"]

AXE = Path(__file__).with_name("vendor") / "axe-core/axe.min.js"
# What axe calls serious: someone can't read or use it, or hardly.
GRAVE = ("serious", "critical")
# Rules that never find anything of that weight are not asked, and no style sheet is fetched anew for those that aim at them.
AXE_RUN = """async ([rules, grave]) => {
    const light = axe._audit.rules.filter(({id, impact}) => !grave.includes(impact) && !(id in rules));
    const asked = {...rules, ...Object.fromEntries(light.map(({id}) => [id, {enabled: false}]))};
    const {violations} = await axe.run(document, {resultTypes: ["violations"], rules: asked, preload: false});
    return violations.map(({id, impact, help, nodes}) => ({id, impact, help, nodes: nodes.map(({target, html}) => ({target, html}))}));
}"""


def axe(page: Page, *, without: tuple[str, ...] = (), also: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds serious or critical on the page as it stands, a line for each element.

    without: names of rules left out; also: of rules that axe asks only when told to."""
    if not page.evaluate("typeof axe === 'object'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    violations = page.evaluate(AXE_RUN, [{rule: {"enabled": rule in also} for rule in (*without, *also)}, GRAVE])
    return [
        f"{found['impact']} {found['id']}: {found['help']}: {node['target']} {node['html'][:200]}"
        for found in violations
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]
