// The browser, started so that it asks nothing of any network for itself.

import { chromium } from 'playwright-core';

import { chromiumPath } from './settings.mjs';

const QUIET = [
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-default-apps',
    '--disable-domain-reliability',
    '--disable-quic',
    '--disable-sync',
    '--no-first-run',
    // Names are looked up nowhere: a request that slips through reaches nobody.
    '--host-resolver-rules=MAP * ~NOTFOUND',
];

/** Starts the browser. Its sandbox cannot be had by root, as which CI runs. */
export function launch() {
    const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    return chromium.launch({ executablePath: chromiumPath, args: [...QUIET, ...sandbox] });
}
