"""What must hold on every page that a journey opens, whoever opens it and however."""

import re
from functools import cache

from playwright.sync_api import Page

from app import ROOT
from tests.journeys.way import Way

AXE = ROOT / "node_modules/axe-core/axe.min.js"

# Words that no Italian sentence has; the people of the journeys write Italian in every language.
ENGLISH = re.compile(
    r"\b(?:the|and|you|your|of|for|with|this|they|who|what|when|where|how|nobody|nothing|not|is|one)\b", re.IGNORECASE
)

# What is wider than the page it stands on, unless it scrolls by itself.
WIDER = """() => {
    const page = document.documentElement;
    if (page.scrollWidth <= page.clientWidth) return [];
    const culprits = [...document.body.querySelectorAll('*')].filter((one) => {
        const box = one.getBoundingClientRect();
        return box.right > page.clientWidth + 1 || box.left < -1;
    });
    const shown = culprits.slice(0, 5).map((one) => one.outerHTML.slice(0, 160));
    return ['the page is ' + page.scrollWidth + ' px wide', ...shown];
}"""

# Words that stick out of a box which hides what sticks out. Boxes that scroll are left out, and what only ears find.
CUT = """() => {
    const hides = (one) => ['hidden', 'clip'].includes(getComputedStyle(one).overflowX);
    const scrolls = (one) => ['auto', 'scroll'].includes(getComputedStyle(one).overflowX);
    const cut = [];
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const words = walker.currentNode;
        const parent = words.parentElement;
        if (!words.data.trim() || parent.closest('.visually-hidden, .r-skip, svg, select, noscript, script')) continue;
        const range = document.createRange();
        range.selectNodeContents(words);
        const box = range.getBoundingClientRect();
        if (!box.width) continue;
        for (let one = parent; one && one !== document.documentElement && !scrolls(one); one = one.parentElement) {
            if (!hides(one)) continue;
            const frame = one.getBoundingClientRect();
            if (frame.width <= 2) break; // only for ears: the picture beside it says the same
            const out = box.left < frame.left - 1 || box.right > frame.right + 1 || box.bottom > frame.bottom + 1;
            if (out) cut.push(words.data.trim().slice(0, 60) + ' in ' + one.outerHTML.slice(0, 100));
        }
    }
    return cut;
}"""


# What axe judges a page by, its words and addresses left out: elements, marks, states, sizes, colours.
SHAPE = """() => {
    const words = 'alt aria-label content data-text data-title href nonce placeholder src title value'.split(' ');
    const shape = [];
    const walk = (one) => {
        shape.push('<', one.localName);
        for (const {name, value} of one.attributes) {
            const said = words.includes(name) || name.startsWith('data-hx');
            shape.push(' ', name, '=', said ? Boolean(value.trim()) : value);
        }
        shape.push(one.checked ? '+' : '', one.hidden ? '-' : '', one.disabled ? '!' : '', '>');
        for (const child of one.childNodes) {
            if (child.nodeType === Node.ELEMENT_NODE) walk(child);
            else if (child.nodeType === Node.TEXT_NODE && child.data.trim()) shape.push('.');
        }
        shape.push('/');
    };
    walk(document.documentElement);
    const {fontSize} = getComputedStyle(document.documentElement);
    const dark = matchMedia('(prefers-color-scheme: dark)').matches;
    return [innerWidth, fontSize, dark, location.pathname.replace(/[0-9]+/g, '#'), shape.join('')].join(' ');
}"""

# Shapes in which axe found nothing wrong in this run: the same person's page comes many times.
found_well: set[tuple[Way, str]] = set()


def check_page(page: Page, way: Way) -> None:
    """Nothing on the page keeps anybody out: no axe finding, no sideways scrolling, no word of another language.

    axe takes longer than all the rest: a page that it found well in the same shape, state and way it need not see anew.
    """
    faults = list(page.evaluate(WIDER))
    shape = (way, str(page.evaluate(SHAPE))) if way.script else None
    if shape and shape not in found_well:  # axe waits for timers, which never come in a browser without script
        findings = axe_findings(page)
        faults += findings
        if not findings:
            found_well.add(shape)
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
            const names = ['aria-label', 'placeholder', 'alt', 'title'];
            const spoken = [...copy.querySelectorAll(names.map((name) => `[${name}]`).join())]
                .flatMap((one) => names.map((name) => one.getAttribute(name) || ''));
            return [document.title, ...copy.textContent.split('\\n'), ...spoken];
        }"""
    )
    return [f"English in Italian: {line.strip()}" for line in shown if ENGLISH.search(line)]


def cut_words(page: Page) -> list[str]:
    """Words of which a part is hidden by the box they stand in."""
    return list(page.evaluate(CUT))


@cache
def _axe() -> str:
    assert AXE.is_file(), "axe-core is missing: run `make setup-dev`"
    return AXE.read_text(encoding="utf-8")
