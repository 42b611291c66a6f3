// By keyboard alone: the skip link first, everything that can be worked reached in the order of the page, seen when it is
// reached, and left again.

export const name = 'keyboard';

/** What the focus is on, in the page. */
function focused() {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const all = globalThis.__workable;
    const style = getComputedStyle(element);
    const drawn = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && !/, 0\)$|transparent/.test(style.outlineColor);
    // The first line of a link that is broken over two; the part of a region that is inside the window.
    const box = element.getClientRects()[0];
    const clip = box && {
        left: Math.max(box.left, 0),
        top: Math.max(box.top, 0),
        right: Math.min(box.right, innerWidth),
        bottom: Math.min(box.bottom, innerHeight),
    };
    const inside = Boolean(clip) && clip.right - clip.left >= 1 && clip.bottom - clip.top >= 1;
    const hit = inside ? document.elementFromPoint((clip.left + clip.right) / 2, (clip.top + clip.bottom) / 2) : null;
    const words = element.getAttribute('aria-label') ?? element.textContent;
    return {
        place: all.indexOf(element),
        named: `${element.tagName.toLowerCase()} “${words.trim().replace(/\s+/g, ' ').slice(0, 60)}”`,
        drawn,
        inside,
        covered: hit !== null && !element.contains(hit) && !hit.contains(element),
    };
}

export async function faults(tab) {
    const faults = [];
    const expected = await tab.evaluate(() => {
        scrollTo(0, 0);
        document.activeElement?.blur();
        // What can be worked, in the order of the page.
        const workable = [...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]')];
        globalThis.__workable = workable.filter((element) => element.tabIndex >= 0 && element.checkVisibility({ visibilityProperty: true }));
        return globalThis.__workable.map((element) => ({
            tag: element.tagName.toLowerCase(),
            href: element.getAttribute('href'),
            tabindex: element.tabIndex,
        }));
    });
    for (const { tag, tabindex } of expected) if (tabindex > 0) faults.push(`a ${tag} has tabindex ${tabindex}`);
    // A paper without a link or a region has nothing to skip.
    if (expected.length === 0) return faults;

    const visited = [];
    for (let step = 0; step <= expected.length + 1; step += 1) {
        await tab.keyboard.press('Tab');
        const at = await tab.evaluate(focused);
        // After the last the focus leaves the page; a browser without a window may come back to the first at once.
        if (at === null || (at.place === 0 && visited.length >= expected.length)) break;
        visited.push(at.place);
        if (at.place < 0) faults.push(`${at.named} is reached, but cannot be worked`);
        if (!at.drawn) faults.push(`${at.named} has no outline when it is reached`);
        if (!at.inside) faults.push(`${at.named} is out of sight when it is reached`);
        if (at.covered) faults.push(`${at.named} is covered when it is reached`);
    }
    if (visited.length > expected.length) faults.push('the focus goes round without leaving the page');
    const missed = expected.map((_, place) => place).filter((place) => !visited.includes(place));
    for (const place of missed) faults.push(`a ${expected[place].tag} (${expected[place].href ?? 'no link'}) is not reached`);
    for (let step = 1; step < visited.length; step += 1) {
        if (visited[step] < visited[step - 1]) faults.push(`step ${step + 1} goes back in the page`);
    }
    return [...faults, ...(await skipping(tab, expected[0], visited[0]))];
}

/** The first thing reached leads past what comes before main. */
async function skipping(tab, { tag, href }, reached) {
    if (reached !== 0 || tag !== 'a' || !/^#./.test(href)) return ['the first thing reached is not a skip link'];
    await tab.evaluate(() => globalThis.__workable[0].focus());
    await tab.keyboard.press('Enter');
    const led = await tab.evaluate(() => document.activeElement?.tagName);
    if (led !== 'MAIN') return [`the skip link leads to ${led}, not to main`];
    await tab.keyboard.press('Tab');
    const strays = await tab.evaluate(() => {
        const any = globalThis.__workable.some((element) => element.closest('main'));
        return any && !document.activeElement?.closest('main');
    });
    return strays ? ['the step after the skip link is not in main'] : [];
}
