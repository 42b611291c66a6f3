// Makes the pictures of the README from the demo.
//
//     node tests/browser/readme-pictures.mjs quarterday-demo samples/pictures
//
// Three: the portfolio, a pack, and a return as it goes back, its rated sheet beside its sheet “Council feedback” as LibreOffice prints
// them. Needs LibreOffice and poppler besides what the checks need.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

import { launch } from './lib/browser.mjs';
import { run } from './lib/run.mjs';

/** The most bytes of a picture: the README is read over slow lines too. */
const MOST = 150_000;

const PORTFOLIO = 'home-to-school-transport/out/index.html';
const QUARTER = 'home-to-school-transport/out/home-to-school-transport/Foxglove Minibuses/2025-26 Q3';
const RETURNED = `${QUARTER}/returned/FMB_performance_2026_03.xlsx`;

/** How wide a picture is, and how high the part of a sheet on it, in CSS px. */
const WIDTH = 1000;
const SHEET = 330;

const [demo, out] = process.argv.slice(2);
if (!demo || !out) {
    console.error('node readme-pictures.mjs DEMO OUT');
    process.exit(2);
}

function file(name) {
    const whole = path.resolve(demo, name);
    if (!fs.existsSync(whole)) throw new Error(`${whole} is not there; make the demo first`);
    return whole;
}

/** The first page of the workbook that holds each of the words, as a picture. */
async function sheets(workbook, words, scratch) {
    await run('soffice', ['--headless', '--convert-to', 'pdf', '--outdir', scratch, `-env:UserInstallation=${pathToFileURL(path.join(scratch, 'profile'))}`, workbook]);
    const pdf = path.join(scratch, `${path.parse(workbook).name}.pdf`);
    const pages = (await run('pdftotext', ['-layout', pdf, '-'])).stdout.split('\f');
    const pictures = [];
    for (const [index, own] of words.entries()) {
        const page = pages.findIndex((text) => text.includes(own)) + 1;
        if (page === 0) throw new Error(`no page of ${workbook} holds “${own}”`);
        const picture = path.join(scratch, `sheet-${index}`);
        await run('pdftoppm', ['-png', '-r', '110', '-singlefile', '-f', page, '-l', page, pdf, picture].map(String));
        pictures.push(`${picture}.png`);
    }
    return pictures;
}

fs.mkdirSync(out, { recursive: true });
const scratch = fs.mkdtempSync(path.join(os.tmpdir(), 'readme-pictures-'));
const browser = await launch();
try {
    const tab = await browser.newPage();
    /** A picture of `height` CSS px of the page, from the heading that begins with `words` on. */
    const shoot = async (name, page, words, height) => {
        await tab.setViewportSize({ width: WIDTH, height: 900 });
        await tab.goto(pathToFileURL(page).href);
        const box = words ? await tab.locator('h2', { hasText: words }).first().boundingBox() : { y: 0 };
        const picture = path.join(out, `${name}.png`);
        await tab.screenshot({ path: picture, fullPage: true, clip: { x: 0, y: Math.max(0, box.y - 16), width: WIDTH, height } });
        const bytes = fs.statSync(picture).size;
        console.log(`${picture}: ${bytes} bytes`);
        if (bytes >= MOST) throw new Error(`${picture} is larger than ${MOST} bytes`);
    };
    await shoot('portfolio', file(PORTFOLIO), 'Home-to-school transport', 560);
    await shoot('pack', file(`${QUARTER}/pack.html`), 'Summary of ratings', 620);
    const pictures = await sheets(file(RETURNED), ['Performance indicator', 'Council feedback'], scratch);
    const board = path.join(scratch, 'board.html');
    const images = pictures.map((own) => `<div><img src="${path.basename(own)}" alt=""></div>`).join('');
    const style = `body{margin:0;background:#b1b4b6;display:grid;gap:8px}div{height:${SHEET}px;overflow:hidden;background:#fff}img{width:${WIDTH}px}`;
    fs.writeFileSync(board, `<!doctype html><title>Sheets</title><style>${style}</style>${images}`);
    await shoot('return', board, null, 2 * SHEET + 8);
} finally {
    await browser.close();
    fs.rmSync(scratch, { recursive: true, force: true });
}
