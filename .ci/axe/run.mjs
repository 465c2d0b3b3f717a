// Holds portals to what axe-core asks for: every page kind, on a phone and on a desk,
// light and dark, behind its gate and open; and the provider's desk. On each it also wants that
// nothing scrolls sideways, down to 320 pixels.
//
//   node run.mjs MODULES KIND,KIND,... LINK... [desk=LINK...]
//
// MODULES is a folder with puppeteer-core and axe-core in its node_modules, a KIND is
// one that each portal must have a page of, a LINK opens a preview of a portal, or its desk. CHROME
// names the browser.

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const [modules, kindList = '', ...all] = process.argv.slice(2);
const links = all.filter((link) => !link.startsWith('desk='));
const desks = all.filter((link) => link.startsWith('desk=')).map((link) => link.slice('desk='.length));
const kinds = kindList.split(',').filter(Boolean);
if (!modules || kinds.length === 0 || links.length === 0) {
  console.error('use: node run.mjs MODULES KIND,KIND,... LINK...');
  process.exit(2);
}
const require = createRequire(join(modules, 'package.json'));
const puppeteer = require('puppeteer-core');
const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

const widths = [375, 1280];
const narrowest = 320;
const schemes = ['light', 'dark'];

let wrong = 0;
let checks = 0;
function complain(where, what) {
  wrong++;
  console.error(`${where}: ${what}`);
}

/** Fails by itself where a page does not come to be so. */
async function come(page, url, state) {
  await page.goto('about:blank'); // a link to the page that is open would not load it
  await page.goto(url);
  await page.waitForFunction((want) => document.body.dataset.state === want
    && !document.querySelector('fieldset:disabled, [data-asking]:empty'), {}, state);
}

/** By how many pixels the page that is open is wider than its window. */
function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function wantNoScroll(page, where) {
  const by = await sideways(page);
  if (by > 0) complain(where, `it scrolls sideways, by ${by} pixels`);
}

/** What axe-core finds on the page that is open. */
function violations(page) {
  return page.evaluate(async () => (await axe.run({ resultTypes: ['violations'] })).violations
    .flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary.replace(/\s+/g, ' ')}`)));
}

/** Makes sure that what is wrong is found, on the page that is open. */
async function proveFinding(page) {
  await page.evaluate(() => {
    const image = document.createElement('img');
    image.style.minWidth = `${innerWidth + 50}px`; // an attribute would give way
    image.style.minHeight = '1px'; // what has no height is not scrolled to
    document.querySelector('#main').append(image);
  });
  if (!(await violations(page)).some((v) => v.startsWith('image-alt:'))) complain('all', 'an image without a text is not found');
  if (await sideways(page) < 50) complain('all', 'a page that scrolls sideways is not found');
}

/** Checks the page that is open, in every size and colour scheme. */
async function check(page, where) {
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  await page.evaluate(axe);
  for (const width of widths) {
    await page.setViewport({ width, height: 800 });
    await wantNoScroll(page, `${where}, ${width}`);
    for (const scheme of schemes) {
      await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: scheme }]);
      checks++;
      for (const v of await violations(page)) complain(`${where}, ${width}, ${scheme}`, v);
    }
  }
  await page.setViewport({ width: narrowest, height: 600 });
  await wantNoScroll(page, `${where}, ${narrowest}`);
}

/** A browser profile of its own, which speaks a language. */
async function visitor(browser, language) {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  page.setDefaultTimeout(300_000); // a slow machine is no fault of the page
  await page.setBypassCSP(true); // axe marks what it looks at
  page.on('pageerror', (error) => complain(page.url(), error.message));
  if (language) {
    const session = await page.createCDPSession();
    await session.send('Emulation.setUserAgentOverride', { userAgent: await browser.userAgent(), acceptLanguage: language });
  }
  return page;
}

/** The pages of a portal by kind, one of each, and the language that it is in. Some are only linked by others than Home. */
async function explore(page, link) {
  await come(page, link, 'open');
  const found = new Map();
  const paths = new Set([new URL(link).pathname]);
  for (const path of paths) {
    await come(page, new URL(path, link).href, 'open');
    const { kind, ways } = await page.evaluate(() => ({
      kind: document.querySelector('#main').className.replace('page page-', ''),
      ways: [...document.querySelectorAll('#portal a[href^="/"]')].map((a) => a.pathname),
    }));
    if (!found.has(kind)) found.set(kind, page.url());
    if (kinds.every((wanted) => found.has(wanted))) break;
    ways.forEach((way) => paths.add(way));
  }
  return { found, ...await page.evaluate(() => ({ language: document.documentElement.lang, dir: document.documentElement.dir })) };
}

async function portal(browser, link) {
  const inside = await visitor(browser);
  const { found, language, dir } = await explore(inside, link);
  for (const kind of kinds) {
    if (!found.has(kind)) complain(link.split('#')[0], `it has no page of the kind ${kind}, which was to be checked`);
  }
  const outside = await visitor(browser, language);
  for (const [kind, url] of found) {
    await come(inside, url, 'open');
    await check(inside, `${language}, ${kind}`);
    await come(outside, url, 'locked');
    const gate = await outside.evaluate(() => { const g = document.querySelector('#gate'); return `${g.lang} ${getComputedStyle(g).direction}`; });
    if (gate !== `${language} ${dir}`) complain(`${language}, gate of ${kind}`, `it is ${gate}, not ${dir}`);
    await check(outside, `${language}, gate of ${kind}`);
  }
  await come(inside, link.split('#')[0], 'open');
  await inside.evaluate(axe);
  await proveFinding(inside);
  console.log(`${language}: ${[...found.keys()].sort().join(', ')}`);
}

/** The provider's own page, with all that it folds opened. */
async function desk(browser, link) {
  const page = await visitor(browser);
  await page.goto(link);
  await page.waitForSelector('#clients .desk-row');
  const clients = await page.evaluate(() => document.querySelectorAll('.desk-row').length);
  await check(page, `desk of ${clients} clients`);
  console.log(`desk: ${clients} clients`);
}

const browser = await puppeteer.launch({
  executablePath: process.env.CHROME, headless: true, protocolTimeout: 0, // nor is it here
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking'],
});
try {
  await Promise.all([...links.map((link) => portal(browser, link)), ...desks.map((link) => desk(browser, link))]);
} finally {
  await browser.close();
}
const wanted = (kinds.length * 2 * links.length + desks.length) * widths.length * schemes.length;
if (checks < wanted) complain('all', `only ${checks} of ${wanted} checks were made`);
console.log(`${checks} checks, ${wrong} complaints`);
process.exit(wrong > 0 ? 1 : 0);
