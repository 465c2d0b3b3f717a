// Turns from the reader's view: the reader's own turns first, then those of each colleague. A turn
// without a name is for anyone, so also for the reader.

import { isPast } from './dates.js';
import { all, make } from './dom.js';

/** How many of the reader's own turns are shown before a fold, and how many of a colleague's. */
const ownAtOnce = 3;
const othersAtOnce = 2;

/**
 * The number of the reader's turns.
 * @param {string} counts by person, such as "maria 2;idris 1; 3;maria -1 2026-11-20;": the third number is for
 *   anyone, the last one counts once its day has passed
 * @param {string} reader an id; '' for everyone's
 * @param {string} now
 */
export function countOf(counts, reader, now) {
  return counts.split(';').reduce((sum, entry) => {
    const [, person, n, after] = /^\s*?(\S*) (-?\d+)(?: (\S+))?$/u.exec(entry) ?? [];
    return n && (!reader || !person || person === reader) && (!after || isPast(now, after)) ? sum + Number(n) : sum;
  }, 0);
}

/**
 * Moves what has become the client's turn since the page was made, and what has not been it since then.
 * @param {HTMLElement} place
 * @param {string} now
 */
function passTurns(place, now) {
  const [list] = all(place, '[data-turn-list]');
  for (const fold of all(place, '[data-later]')) {
    const [later] = all(fold, 'ul');
    for (const item of all(place, '[data-turns-on]')) {
      if (!list || !isPast(now, item.dataset.turnsOn || now)) continue;
      item.removeAttribute('data-turns-on');
      (item.toggleAttribute('data-turn') ? list : later).append(item);
    }
    all(fold, '[data-later-count]')[0].textContent = `${later.childElementCount}`;
    fold.hidden = later.childElementCount === 0;
  }
}

/**
 * Divides items into the reader's own and those of each colleague, in the order of first mention.
 * @template T
 * @param {T[]} items
 * @param {(item: T) => string} personOf
 * @param {string} reader an id
 * @returns {{ mine: T[], others: T[][] }}
 */
export function divide(items, personOf, reader) {
  /** @type {T[]} */
  const mine = [];
  /** @type {Map<string, T[]>} */
  const others = new Map();
  for (const item of items) {
    const person = personOf(item);
    if (!person || person === reader) mine.push(item);
    else others.set(person, [...others.get(person) ?? [], item]);
  }
  return { mine, others: [...others.values()] };
}

/**
 * Puts the reader's own turns first in each list of turns, and counts them. A reader who came by
 * a link is not known: then all are counted.
 * @param {HTMLElement} place where the page stands
 * @param {string} reader the reader's id, or ''
 * @param {string} now
 */
export function ownFirst(place, reader, now) {
  passTurns(place, now);
  for (const badge of all(place, '[data-turn-count]')) {
    const n = countOf(badge.dataset.turnCount ?? '', reader, now);
    badge.textContent = `${n}`;
    badge.hidden = n === 0;
  }
  if (!reader) return;
  for (const section of all(place, '[data-turns]')) putInOrder(section, reader);
}

/**
 * @param {HTMLElement} section
 * @param {string} reader
 */
function putInOrder(section, reader) {
  const [list] = all(section, '[data-turn-list]');
  const items = all(section, '[data-turn]');
  if (!list || items.length === 0) return;
  const emptied = all(section, 'details').filter((fold) => fold.querySelector('[data-turn]'));
  const heading = `h${Number(section.querySelector('h2, h3, h4')?.tagName[1] ?? 2) + 1}`;
  const { mine: forYou = '', also = '', none = '', more = '' } = section.dataset;
  const { mine, others } = divide(items, (item) => item.dataset.person ?? '', reader);
  const own = mine.find((item) => item.dataset.person);
  const parts = [];
  if (own && forYou) parts.push(make(heading, '', said(forYou, own, mine.length)));
  if (mine.length > 0) parts.push(listed(list, mine.slice(0, ownAtOnce)));
  else if (none) parts.push(make('p', '', none));
  const rest = mine.slice(ownAtOnce);
  if (rest.length > 0) parts.push(folded(list, more.split('|')[rest.length - 1] ?? `+ ${rest.length}`, rest));
  for (const theirs of others) {
    const title = said(also || '%name: %n', theirs[0], theirs.length);
    const apart = theirs.length > othersAtOnce ? [folded(list, title, theirs)] : [make(heading, '', title), listed(list, theirs)];
    for (const part of apart) part.dataset.theirs = '';
    parts.push(...apart);
  }
  section.classList.toggle('calm', mine.length === 0);
  list.replaceWith(...parts);
  for (const fold of emptied) if (!fold.closest('[data-turn]')) fold.remove();
}

/**
 * @param {string} form with %name and %n
 * @param {HTMLElement} item one of the person's
 * @param {number} n
 */
function said(form, item, n) {
  return form.replace('%name', () => item.dataset.name ?? '').replace('%n', `${n}`);
}

/**
 * A list that looks like another and has other items.
 * @param {HTMLElement} like
 * @param {HTMLElement[]} items
 */
function listed(like, items) {
  const list = /** @type {HTMLElement} */ (like.cloneNode(false));
  list.removeAttribute('id');
  list.append(...items);
  return list;
}

/**
 * @param {HTMLElement} like
 * @param {string} summary
 * @param {HTMLElement[]} items
 */
function folded(like, summary, items) {
  return make('details', 'more', make('summary', '', summary), listed(like, items));
}
