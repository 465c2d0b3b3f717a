// Holds portals to what axe-core asks for: every page kind, on a phone and on a desk,
// light and dark, behind its gate and open; and the provider's desk. On each it also wants that
// nothing scrolls sideways, down to 320 pixels, and that the dark scheme changes nothing but colours:
// there only the rules about colours are asked again.
//
//   node run.mjs MODULES KIND,KIND,... LINK... [desk=LINK...]
//
// MODULES is a folder with puppeteer-core and axe-core in its node_modules, a KIND is
// one that each portal must have a page of, a LINK opens a preview of a portal, or its desk. CHROME
// names the browser, DOCUMENTS a folder for the HTML of each page, or nothing.

import { readFileSync, writeFileSync } from 'node:fs';
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
// The rules of axe-core that are on by themselves and ask for colours.
const ofColours = ['color-contrast', 'link-in-text-block'];

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
    && !document.querySelector('fieldset:disabled, [data-asking]:empty, img:not([src])'), {}, state);
}

/** By how many pixels the page that is open is wider than its window. */
function sideways(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

async function wantNoScroll(page, where) {
  const by = await sideways(page);
  if (by > 0) complain(where, `it scrolls sideways, by ${by} pixels`);
}

/** What axe-core finds on the page that is open, with all its rules or those named. None reads style sheets. */
function violations(page, ...rules) {
  return page.evaluate(async (rules) => (await axe.run({
    resultTypes: ['violations'], preload: { assets: ['media'] }, ...rules.length > 0 && { runOnly: rules },
  })).violations.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target} ${n.failureSummary.replace(/\s+/g, ' ')}`)), rules);
}

/** What style sheets of the page that is open set for one scheme, other than custom properties with colours and shadows. */
function moreThanColours(page) {
  return page.evaluate(() => {
    const own = (rules, inside) => [...rules].flatMap((rule) => {
      const here = inside || Boolean(rule.media?.mediaText.includes('prefers-color-scheme'));
      const set = [...here && rule.style ? rule.style : []].filter((name) => {
        const value = rule.style.getPropertyValue(name);
        return !name.startsWith('--') || !(CSS.supports('color', value) || CSS.supports('box-shadow', value));
      });
      return [...set, ...own(rule.cssRules ?? rule.styleSheet?.cssRules ?? [], here)];
    });
    return own(document.styleSheets, false);
  });
}

/** Makes sure that what is wrong is found, on the page that is open. */
async function proveFinding(page) {
  await page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('style'), { textContent: `
      @media (prefers-color-scheme: dark) { #main p, #main a { color: var(--paper); font-weight: 900; } }` }));
    const image = document.createElement('img');
    image.style.minWidth = `${innerWidth + 50}px`; // an attribute would give way
    image.style.minHeight = '1px'; // what has no height is not scrolled to
    document.querySelector('#main').append(image);
  });
  await scheme(page, 'light');
  if (!(await violations(page)).some((v) => v.startsWith('image-alt:'))) complain('all', 'an image without a text is not found');
  await scheme(page, 'dark');
  if (!(await moreThanColours(page)).includes('font-weight')) complain('all', 'a dark scheme with a font of its own is not found');
  if (!(await violations(page, ...ofColours)).some((v) => v.startsWith('color-contrast:'))) complain('all', 'a text that cannot be read is not found');
  if (await sideways(page) < 50) complain('all', 'a page that scrolls sideways is not found');
}

/** Shows the page that is open in a colour scheme, light or dark. */
function scheme(page, value) {
  return page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value }]);
}

/** Checks the page that is open, in every size and colour scheme. */
async function check(page, where) {
  if (process.env.DOCUMENTS) writeFileSync(join(process.env.DOCUMENTS, `${checks}.html`), await page.content());
  await page.evaluate(() => document.querySelectorAll('details').forEach((d) => { d.open = true; }));
  await page.evaluate(axe);
  for (const name of await moreThanColours(page)) complain(where, `a colour scheme has ${name} of its own`);
  for (const width of widths) {
    await page.setViewport({ width, height: 800 });
    await scheme(page, 'light');
    await wantNoScroll(page, `${where}, ${width}`);
    for (const v of await violations(page)) complain(`${where}, ${width}, light`, v);
    await scheme(page, 'dark');
    for (const v of await violations(page, ...ofColours)) complain(`${where}, ${width}, dark`, v);
    checks += 2;
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

/**
 * Checks one page of each kind of a portal, some of which are only linked by others than Home, and their
 * gates: those that differ in more than what is sealed.
 */
async function portal(browser, link) {
  const inside = await visitor(browser);
  await come(inside, link, 'open');
  const { language, dir } = await inside.evaluate(() => ({ language: document.documentElement.lang, dir: document.documentElement.dir }));
  const outside = await visitor(browser, language);
  const found = new Set();
  const gates = new Set();
  const paths = new Set([new URL(link).pathname]);
  for (const path of paths) {
    const url = new URL(path, link).href;
    await come(inside, url, 'open');
    const { kind, ways } = await inside.evaluate(() => ({
      kind: document.querySelector('#main').className.replace('page page-', ''),
      ways: [...document.querySelectorAll('#portal a[href^="/"]')].map((a) => a.pathname),
    }));
    ways.forEach((way) => paths.add(way));
    if (found.has(kind)) continue;
    found.add(kind);
    await check(inside, `${language}, ${kind}`);
    await come(outside, url, 'locked');
    const gate = await outside.evaluate(() => { const g = document.querySelector('#gate'); return `${g.lang} ${getComputedStyle(g).direction}`; });
    if (gate !== `${language} ${dir}`) complain(`${language}, gate of ${kind}`, `it is ${gate}, not ${dir}`);
    const shown = await outside.evaluate(() => { document.querySelector('#sealed').remove(); return document.documentElement.outerHTML; });
    if (!gates.has(shown)) await check(outside, `${language}, gate of ${kind}`);
    gates.add(shown);
    if (kinds.every((wanted) => found.has(wanted))) break;
  }
  for (const kind of kinds) {
    if (!found.has(kind)) complain(link.split('#')[0], `it has no page of the kind ${kind}, which was to be checked`);
  }
  await come(inside, link.split('#')[0], 'open');
  await inside.evaluate(axe);
  await proveFinding(inside);
  console.log(`${language}: ${[...found].sort().join(', ')}`);
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
  args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking',
    // Few processes, which stay: else each page that is opened starts one.
    '--disable-site-isolation-trials', '--renderer-process-limit=2', '--disable-features=SpareRendererForSitePerProcess'],
});
try {
  await Promise.all([...links.map((link) => portal(browser, link)), ...desks.map((link) => desk(browser, link))]);
} finally {
  await browser.close();
}
const wanted = ((kinds.length + 1) * links.length + desks.length) * widths.length * 2;
if (checks < wanted) complain('all', `only ${checks} of ${wanted} checks were made`);
console.log(`${checks} checks, ${wrong} complaints`);
process.exit(wrong > 0 ? 1 : 0);
