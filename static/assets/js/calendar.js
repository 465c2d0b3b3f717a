// Puts a button behind each date that a reader may want in their calendar, and makes
// the file when it is pressed. Nothing of it goes anywhere but to the reader's device.

import { calendarFile } from './ics.js';
import { cut } from './letters.js';

/** @typedef {{ at: Element, on: string, key: string, summary: string, link: string }} Entry */

/** For how long a file may be fetched, in milliseconds: some browsers ask first. */
const patience = 40_000;

/** @type {Set<string>} the addresses of files that are still there */
const files = new Set();

/**
 * Puts a button behind the dates that are still ahead, and takes away those of the
 * ones that have passed. A button that stays keeps the focus.
 * @param {HTMLElement} main
 * @param {string} portal the path of the portal's Home
 * @param {(on: string) => boolean} isAhead
 */
export function offerDates(main, portal, isAhead) {
  const template = main.querySelector('template[data-calendar]');
  if (!(template instanceof HTMLTemplateElement)) return;
  for (const entry of entries(main, template.dataset.checkIn ?? '')) {
    const ahead = entry.on !== '' && isAhead(entry.on);
    const line = entry.at.closest('p') ?? entry.at;
    const there = line.querySelector('.to-calendar');
    if (there) {
      if (!ahead) there.remove();
      continue;
    }
    const button = template.content.querySelector('button')?.cloneNode(true);
    if (!ahead || !(button instanceof HTMLButtonElement)) continue;
    button.title = (button.dataset.says ?? '').replace('%what', () => entry.summary);
    button.setAttribute('aria-label', button.title);
    button.addEventListener('click', () => save(entry, portal, main.dataset.zone || 'UTC'));
    line.append('\u2060', button); // on the line of what it stands behind
  }
}

/**
 * @param {HTMLElement} main
 * @param {string} checkIn what a check-in is called
 * @returns {Entry[]}
 */
function entries(main, checkIn) {
  const page = location.origin + location.pathname;
  const dated = [...main.querySelectorAll('.standing .lead, .yours .todo')].flatMap((row) => {
    const at = row.querySelector('[data-due]');
    const link = row.querySelector('a[href^="/"], a[data-to]');
    if (!(at instanceof HTMLElement && row instanceof HTMLElement)) return [];
    const to = link instanceof HTMLAnchorElement && link.href ? link.origin + link.pathname : page;
    const about = link instanceof HTMLElement && link.dataset.to || to; // a page by its own link leads to no other
    return [{
      at, on: at.dataset.due ?? '', link: to,
      key: row.dataset.key ?? `due-${about.split('/').at(-2)}`,
      summary: inOneLine(row.querySelector('.todo-what') ?? link),
    }];
  });
  const held = [...main.querySelectorAll('[data-check-in] time')].map((at) => {
    const on = at.getAttribute('datetime') ?? '';
    return { at, on, link: page, key: at.closest('[data-check-in]')?.getAttribute('data-key') ?? '', summary: checkIn };
  });
  return [...dated, ...held];
}

/** @param {Element | null} element */
function inOneLine(element) {
  return (element?.textContent ?? '').replace(/\s+/gu, ' ').trim();
}

/**
 * @param {Entry} entry
 * @param {string} portal
 * @param {string} zone
 */
function save({ on, key, summary, link }, portal, zone) {
  const uid = `${portal}${key}@${location.host}`;
  const text = calendarFile({ uid, on, zone, summary, url: link }, new Date());
  const file = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  files.add(file);
  const anchor = document.createElement('a');
  anchor.href = file;
  anchor.download = `${cut(summary.replace(/[^\p{L}\p{M}\p{N}]+/gu, '-'), 60) || 'date'}.ics`;
  anchor.click();
  setTimeout(() => drop(file), patience);
}

/** @param {string} file */
function drop(file) {
  URL.revokeObjectURL(file);
  files.delete(file);
}

/** Ends all files that were made: a page that is locked or left has none. */
export function dropFiles() {
  files.forEach(drop);
}
