"""What must hold on every page that a journey opens, whoever opens it and however."""

import re
from functools import cache

from playwright.sync_api import Page

from app import ROOT
from tests.journeys.way import Way

AXE = ROOT / "node_modules/axe-core/axe.min.js"

# Words that no Italian sentence has; the people of the journeys write Italian in every language.
ENGLISH = re.compile(r"\b(?:the|and|you|your|of|with|this|they|nobody|nothing)\b", re.IGNORECASE)

# What is wider than the page it stands on, unless it scrolls by itself.
WIDER = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const culprits = [...document.body.querySelectorAll('*')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.right > page.clientWidth + 1 || box.left < -1;
    });
    return ['the page is ' + page.scrollWidth + ' px wide', ...culprits.slice(0, 5).map((one) => one.outerHTML.slice(0, 160))];
}"""

# Words that stick out of a box which hides what sticks out; boxes that scroll, and what only ears are meant to find,
# are left out.
CUT = """() => [...document.body.querySelectorAll('*')].filter((one) => {
    const style = getComputedStyle(one);
    if (style.visibility === 'hidden' || one.closest('.visually-hidden, svg, [hidden], .r-scroll')) return false;
    if (!['hidden', 'clip'].includes(style.overflowX) && !['hidden', 'clip'].includes(style.overflowY)) return false;
    if (!one.textContent.trim() || one.clientWidth < 8) return false;
    return one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1;
}).map((one) => one.outerHTML.slice(0, 160))"""


def check_page(page: Page, way: Way) -> None:
    """Nothing on the page keeps anybody out: no axe finding, no sideways scrolling, no word of another language."""
    faults = list(page.evaluate(WIDER))
    if way.script:
        faults += axe_findings(page)  # axe waits for timers, which never come in a browser without script
    if way.language == "it":
        faults += english_words(page)
    assert not faults, "\n".join([page.url, *faults])


def axe_findings(page: Page) -> list[str]:
    """What axe finds wrong, in words, best practices included."""
    page.evaluate(_axe())
    findings = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{found['id']}: {node['target']} {node.get('failureSummary', '')}"
        for found in findings["violations"]
        for node in found["nodes"]
    ]


def english_words(page: Page) -> list[str]:
    """Lines of an Italian page that look English."""
    shown = page.evaluate(
        """() => {
            const copy = document.body.cloneNode(true);
            copy.querySelectorAll('[lang]').forEach((one) => one.remove());
            const spoken = [...copy.querySelectorAll('[aria-label], [placeholder], [alt], [title]')]
                .flatMap((one) => ['aria-label', 'placeholder', 'alt', 'title'].map((name) => one.getAttribute(name) || ''));
            return [document.title, ...copy.textContent.split('\\n'), ...spoken];
        }"""
    )
    return [f"English in Italian: {line.strip()}" for line in shown if ENGLISH.search(line)]


def cut_words(page: Page) -> list[str]:
    """Boxes that hide part of their words."""
    return list(page.evaluate(CUT))


@cache
def _axe() -> str:
    assert AXE.is_file(), "axe-core is missing: run `make setup-dev`"
    return AXE.read_text(encoding="utf-8")
