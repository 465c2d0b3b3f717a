// Lets a reader add dates to their calendar, with a button for one date or for a group of dates.
// The file is made on the reader's device when the button is pressed, and is not sent anywhere.

import { all } from './dom.js';
import { calendarFile } from './ics.js';
import { cut } from './letters.js';

/** @typedef {{ at: HTMLElement, on: string, key: string, summary: string, link: string, revised?: string }} Entry */

/** How long a file can be fetched, in milliseconds: some browsers ask the reader first. */
const patience = 40_000;

/** @type {Set<string>} the addresses of files that still exist */
const files = new Set();

/**
 * Adds a button after each future date, and removes the buttons of past ones. A button that stays
 * keeps the focus. If a section has a button for all of its dates, its dates have no buttons. A
 * button outside of sections is for all dates of the page.
 * @param {HTMLElement} main
 * @param {string} portal the path of the portal's Home
 * @param {(on: string) => boolean} isAhead
 */
export function offerDates(main, portal, isAhead) {
  const template = main.querySelector('template[data-calendar]');
  if (!(template instanceof HTMLTemplateElement)) return;
  const ahead = (/** @type {Entry} */ { on }) => on !== '' && isAhead(on);
  const dates = entries(main, template.dataset.checkIn ?? '');
  const together = all(main, '[data-dates]');
  for (const button of together) {
    const section = button.closest('section');
    const ofIt = dates.filter((entry) => (!section || section.contains(entry.at)) && ahead(entry));
    button.hidden = ofIt.length < (section ? 1 : 2);
    button.onclick = () => save(ofIt, button.dataset.dates || ofIt[0].summary, portal, main);
  }
  for (const entry of dates) {
    if (!together.some((button) => button.closest('section')?.contains(entry.at))) {
      offer(entry, ahead(entry), template, () => save([entry], entry.summary, portal, main));
    }
  }
}

/**
 * @param {Entry} entry
 * @param {boolean} ahead
 * @param {HTMLTemplateElement} template
 * @param {() => void} act
 */
function offer(entry, ahead, template, act) {
  const fold = entry.at.closest('summary')?.parentElement; // a summary must not contain a button
  const next = entry.at.nextElementSibling;
  const there = fold ? fold.querySelector('[data-to-calendar]') : next?.matches('[data-to-calendar]') ? next : null;
  if (!ahead) there?.remove();
  if (there || !ahead) return;
  const button = template.content.querySelector('button')?.cloneNode(true);
  if (!(button instanceof HTMLButtonElement)) return;
  button.title = (button.dataset.says ?? '').replace('%what', () => entry.summary);
  button.setAttribute('aria-label', button.title);
  button.addEventListener('click', act);
  if (fold) fold.append(button);
  else entry.at.after('\u2060', button); // on the same line as the date
}

/**
 * @param {HTMLElement} main
 * @param {string} checkIn the title of a check-in
 * @returns {Entry[]}
 */
function entries(main, checkIn) {
  const page = location.origin + location.pathname;
  const dated = all(main, '[data-dated], :is([data-turns], [data-later]) li[data-key]').flatMap((row) => {
    const [at] = all(row, '[data-due]');
    const [link] = all(row, 'a[href^="/"], a[data-to]');
    if (!at) return [];
    const to = link instanceof HTMLAnchorElement && link.href ? link.origin + link.pathname : page;
    const about = link?.dataset.to || to; // on a page opened by its own link, links lead nowhere
    return [{
      at, on: at.dataset.due ?? '', link: to,
      key: row.dataset.key ?? `due-${about.split('/').at(-2)}`,
      summary: row.dataset.about || inOneLine(link), revised: row.dataset.revised,
    }];
  });
  const held = all(main, '[data-check-in]').flatMap((row) => {
    const [at] = [...all(row, '[data-due]'), ...all(row, 'time')];
    const on = at?.dataset.due ?? at?.getAttribute('datetime') ?? '';
    return at ? [{ at, on, link: page, key: row.dataset.key ?? '', summary: checkIn }] : [];
  });
  return [...dated, ...held];
}

/** @param {Element | undefined} element */
function inOneLine(element) {
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim();
}

/**
 * @param {Entry[]} dates
 * @param {string} name of the file
 * @param {string} portal
 * @param {HTMLElement} main
 */
function save(dates, name, portal, main) {
  const zone = main.dataset.zone || 'UTC';
  const once = new Map(dates.map((entry) => [entry.key, entry])); // a date may be on the page twice
  const text = calendarFile([...once.values()].map(({ on, key, summary, link, revised }) => (
    { uid: `${portal}${key}@${location.host}`, on, zone, summary, url: link, revised }
  )), new Date());
  const file = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  files.add(file);
  const anchor = document.createElement('a');
  anchor.href = file;
  anchor.download = `${cut(name.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-'), 60) || 'date'}.ics`;
  anchor.click();
  setTimeout(() => drop(file), patience);
}

/** @param {string} file */
function drop(file) {
  URL.revokeObjectURL(file);
  files.delete(file);
}

/** Removes all files, since a page that is locked or left must have none. */
export function dropFiles() {
  files.forEach(drop);
}
