// What may be set from outside, and the sizes pages are looked at in.

import os from 'node:os';

/** The browser: Debian's, unless QUARTERDAY_CHROMIUM names another. */
export const chromiumPath = process.env.QUARTERDAY_CHROMIUM ?? '/usr/bin/chromium';

/** How many pages are looked at at a time. */
export const workers = Number(process.env.QUARTERDAY_BROWSER_WORKERS ?? Math.min(2, os.availableParallelism?.() ?? 2));

/** A desk's screen, in CSS px. */
export const wide = { width: 1280, height: 900 };

/** 320 CSS px: a small telephone, or 1280 px at 400% (WCAG 2.2, 1.4.10). */
export const narrow = { width: 320, height: 640 };
