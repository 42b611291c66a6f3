// What a PDF says of itself: its structure by qpdf, where its words stand by poppler.

import { run } from './run.mjs';

/** Title, language, whether it is tagged, the sizes of its pages in points, and its structure. */
export async function contentsOf(file) {
    // 3 says that it was read with a warning.
    const { stdout } = await run('qpdf', ['--json=2', '--json-key=qpdf', '--json-stream-data=none', file], [0, 3]);
    const [, objects] = JSON.parse(stdout).qpdf;
    const at = (value) => (typeof value === 'string' && /^\d+ \d+ R$/.test(value) ? dictionary(objects[`obj:${value}`]) : value);
    const catalog = at(objects.trailer.value['/Root']);
    const text = (value) => (typeof value === 'string' ? value.replace(/^[ub]:/, '') : '');

    const pages = [];
    const collect = (reference, inherited) => {
        const node = at(reference);
        const box = node['/MediaBox'] ?? inherited;
        if (node['/Type'] === '/Pages') for (const kid of at(node['/Kids'])) collect(kid, box);
        else pages.push({ reference, width: box[2] - box[0], height: box[3] - box[1] });
    };
    collect(catalog['/Pages']);

    return {
        title: text(at(objects.trailer.value['/Info'])?.['/Title']),
        language: text(catalog['/Lang']),
        tagged: at(catalog['/MarkInfo'])?.['/Marked'] === true,
        bookmarks: catalog['/Outlines'] !== undefined,
        pages,
        structure: catalog['/StructTreeRoot'] === undefined ? [] : structureOf(at, at(catalog['/StructTreeRoot']), pages),
    };
}

function dictionary(object) {
    return object?.value ?? object?.stream?.dict;
}

/**
 * The elements of the structure in reading order, each with its kind, its depth, the numbers of the pages its content stands
 * on (from 1, in reading order), and whether it is of a kind inside it.
 */
function structureOf(at, root, pages) {
    const numbers = new Map(pages.map(({ reference }, index) => [reference, index + 1]));
    const elements = [];
    const walk = (reference, parent, depth) => {
        const node = at(reference);
        if (Array.isArray(node)) {
            for (const kid of node) walk(kid, parent, depth);
        } else if (typeof node === 'number') {
            parent.leaf(parent.page);
        } else if (node?.['/Type'] === '/MCR') {
            parent.leaf(numbers.get(node['/Pg']) ?? parent.page);
        } else if (node?.['/S'] !== undefined) {
            const element = { kind: node['/S'].slice(1), depth, on: [], kinds: new Set(), page: numbers.get(node['/Pg']) ?? parent.page };
            element.leaf = (page) => {
                if (page !== undefined) element.on.push(page);
                parent.leaf?.(page);
            };
            elements.push(element);
            walk(node['/K'] ?? [], element, depth + 1);
            for (const kind of [element.kind, ...element.kinds]) parent.kinds?.add(kind);
        }
    };
    walk(root['/K'], { leaf() {}, page: undefined, kinds: new Set() }, 0);
    return elements;
}

/** The words of each page with their boxes, in points from the top left. */
export async function wordsOf(file) {
    const { stdout } = await run('pdftotext', ['-bbox', file, '-']);
    return stdout
        .split('<page ')
        .slice(1)
        .map((page) =>
            [...page.matchAll(/<word xMin="([^"]*)" yMin="([^"]*)" xMax="([^"]*)" yMax="([^"]*)">([^<]*)<\/word>/g)].map(
                ([, left, top, right, bottom, text]) => ({ left: +left, top: +top, right: +right, bottom: +bottom, text }),
            ),
        );
}
