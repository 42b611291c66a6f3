// Whether the checks can fail: a sound page must pass them all, and each planted fault must be found by its check.
//
//     node tests/browser/self-test.mjs

import crypto from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

import { PLANTED } from './faults/planted.mjs';
import { page } from './faults/sound.mjs';
import { everyPage } from './lib/every-page.mjs';

/** The page with the hash of its style, and another so long that its policy is not the page's, where that is the fault. */
function sealed(text, styled = text) {
    const style = styled.slice(styled.indexOf('<style>') + 7, styled.indexOf('</style>'));
    return text.replace('sha256-STYLE', `sha256-${crypto.createHash('sha256').update(style).digest('base64')}`);
}

const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'quarterday-self-test-'));
let failed = 0;
try {
    const write = (name, text) => fs.writeFileSync(path.join(folder, name), text);
    write('sound.html', sealed(page()));
    write('other.html', sealed(page()));
    for (const [name, { changes, rehash }] of Object.entries(PLANTED)) {
        const text = page(changes);
        write(`${name}.html`, sealed(text, rehash === false ? page() : text));
    }
    const { found } = await everyPage(folder, { all: true });
    const told = (words) => {
        failed += 1;
        console.log(words);
    };
    for (const sound of ['sound.html', 'other.html']) {
        if (found.get(sound).length > 0) told(`${sound} has faults: ${JSON.stringify(found.get(sound), null, 2)}`);
    }
    for (const [name, { check, says }] of Object.entries(PLANTED)) {
        const faults = found.get(`${name}.html`);
        if (!faults.some((fault) => fault.check === check && says.test(fault.words))) {
            told(`${name} is not found by “${check}”: ${JSON.stringify(faults, null, 2)}`);
        }
    }
    console.log(`\n${found.size - failed} passed, ${failed} failed`);
} finally {
    fs.rmSync(folder, { recursive: true });
}
process.exitCode = failed > 0 ? 1 : 0;
