// Turns from the reader's view: the reader's own turns first, then those of each colleague. A turn
// without a name is for anyone, so also for the reader.

import { isPast } from './dates.js';
import { all, make } from './dom.js';

/** How many of the reader's own turns are shown before a fold, and how many of a colleague's. */
const ownAtOnce = 3;
const othersAtOnce = 2;

/**
 * The number of the reader's turns. What was answered on this device and sent is not counted.
 * @param {string} turns such as "maria a.1;idris b.1; c.1;maria d.1 +2026-11-20;": the person, '' for anyone,
 *   the mark of what waits, and after which day it begins (+) or ends (-) to be a turn
 * @param {string} reader an id; '' for everyone's
 * @param {string} now
 * @param {Set<string>} [sent] the marks of what was answered
 */
export function countOf(turns, reader, now, sent) {
  return turns.split(';').filter((entry) => {
    const [, person, mark, change, day] = /^\s*?(\S*) (\S+)(?: ([+-])(\S+))?$/u.exec(entry) ?? [];
    const isTheirs = !reader || !person || person === reader;
    return mark && isTheirs && !sent?.has(mark) && (!change || isPast(now, day) === (change === '+'));
  }).length;
}

/**
 * Moves what has become the client's turn since the page was made, and what has not been it since then.
 * @param {HTMLElement} place
 * @param {string} reader
 * @param {string} now
 */
function passTurns(place, reader, now) {
  for (const fold of all(place, '[data-later]')) {
    const [later] = all(fold, 'ul');
    for (const item of all(place, '[data-turns-on]')) {
      if (!isPast(now, item.dataset.turnsOn || now)) continue;
      const list = 'turn' in item.dataset ? later : listFor(place, item.dataset.person ?? '', reader);
      if (!list) continue;
      item.removeAttribute('data-turns-on');
      item.toggleAttribute('data-turn');
      list.append(item);
    }
    all(fold, '[data-later-count]')[0].textContent = `${later.childElementCount}`;
    fold.hidden = later.childElementCount === 0;
  }
}

/**
 * The list in which a person's turns stand. Turns that are in order already may have none for the reader, who then gets
 * one, nor for a colleague, whose heading is made when the page is opened again.
 * @param {HTMLElement} place
 * @param {string} person
 * @param {string} reader
 */
function listFor(place, person, reader) {
  const whose = (/** @type {string | undefined} */ id) => id || reader;
  const lists = all(place, '[data-turn-list]');
  const [none] = all(place, '[data-turns-none]');
  const theirs = lists.find((list) => all(list, ':scope > li').some((item) => whose(item.dataset.person) === whose(person)));
  if (theirs || !none) return theirs ?? lists[0];
  if (whose(person) !== reader || lists.length === 0) return undefined;
  const own = listed(lists[0], []);
  own.removeAttribute('data-theirs');
  none.after(own);
  return own;
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
 * Puts the reader's own turns first in each list of turns, what was answered last, and counts them. A reader
 * who came by a link is not known: then all are counted.
 * @param {HTMLElement} place where the page stands
 * @param {string} reader the reader's id, or ''
 * @param {string} now
 * @param {Set<string>} sent the marks of what was answered
 */
export function ownFirst(place, reader, now, sent) {
  passTurns(place, reader, now);
  for (const section of all(place, '[data-turns]')) putInOrder(section, reader, sent);
  countTurns(place, reader, now, sent);
}

/**
 * Looks at an open page again, on which a date may have passed. What stands is not put in another order.
 * @param {HTMLElement} place
 * @param {string} reader
 * @param {string} now
 * @param {Set<string>} sent
 */
export function turnsAgain(place, reader, now, sent) {
  passTurns(place, reader, now);
  countTurns(place, reader, now, sent);
}

/**
 * Counts the turns again once something was sent. Nothing is moved: the reader is reading it.
 * @param {HTMLElement} place
 * @param {string} reader
 * @param {string} now
 * @param {Set<string>} sent
 */
export function countTurns(place, reader, now, sent) {
  for (const badge of all(place, '[data-turn-count]')) {
    const n = countOf(badge.dataset.turnCount ?? '', reader, now, sent);
    badge.textContent = `${n}`;
    badge.hidden = n === 0;
  }
  for (const section of all(place, '[data-turns]')) {
    const open = all(section, '[data-turn]').filter((item) => !sent.has(markOf(item)));
    const { mine, others } = divide(open, (item) => item.dataset.person ?? '', reader);
    for (const title of all(section, '[data-turns-of]')) {
      const of = title.dataset.turnsOf;
      const n = (of === reader ? mine : others.find(([item]) => item.dataset.person === of) ?? []).length;
      title.textContent = said(title.dataset.form ?? '', title, n);
      title.hidden = n === 0;
    }
    for (const none of all(section, '[data-turns-none]')) none.hidden = mine.length > 0;
    section.classList.toggle('calm', (reader ? mine : open).length === 0);
  }
}

/**
 * The mark of what waits, as it is now.
 * @param {HTMLElement} item
 */
function markOf(item) {
  const [form] = all(item, '[data-of]');
  return `${form?.dataset.of}.${form?.dataset.version}`;
}

/**
 * @param {HTMLElement} section
 * @param {string} reader
 * @param {Set<string>} sent
 */
function putInOrder(section, reader, sent) {
  const [list] = all(section, '[data-turn-list]');
  const items = all(section, '[data-turn]');
  if (!list || items.length === 0) return;
  const isSent = (/** @type {HTMLElement} */ item) => sent.has(markOf(item));
  const folds = all(section, 'details').filter((fold) => !fold.closest('[data-turn]') && fold.querySelector('[data-turn]'));
  const { mine: forYou = '', also = '%name: %n', none = '', more = '' } = section.dataset;
  const moreOf = (/** @type {number} */ n) => more.split('|')[n - 1] ?? `+ ${n}`;
  if (!reader) return sentLast(section, list, items.filter(isSent), folds, moreOf);
  const heading = `h${Number(section.querySelector('h2, h3, h4')?.tagName[1] ?? 2) + 1}`;
  const { mine, others } = divide(items, (item) => item.dataset.person ?? '', reader);
  const own = mine.find((item) => item.dataset.person);
  const parts = [];
  if (own && forYou) parts.push(titled(make(heading, ''), forYou, own));
  const nothing = make('p', '', none);
  nothing.dataset.turnsNone = '';
  parts.push(nothing);
  const open = mine.filter((item) => !isSent(item));
  if (open.length > 0) parts.push(listed(list, open.slice(0, ownAtOnce)));
  const rest = open.slice(ownAtOnce);
  if (rest.length > 0) parts.push(folded(list, moreOf(rest.length), rest));
  if (open.length < mine.length) parts.push(listed(list, mine.filter(isSent)));
  for (const theirs of others) {
    const inOrder = [...theirs.filter((item) => !isSent(item)), ...theirs.filter(isSent)];
    const apart = theirs.length > othersAtOnce ? [folded(list, '', inOrder)] : [make(heading, ''), listed(list, inOrder)];
    titled(apart[0].querySelector('summary') ?? apart[0], also, theirs[0]);
    for (const part of apart) part.dataset.theirs = '';
    parts.push(...apart);
  }
  list.replaceWith(...parts);
  for (const fold of folds) fold.remove();
}

/**
 * Puts what was answered at the end of a list of everyone's turns.
 * @param {HTMLElement} section
 * @param {HTMLElement} list
 * @param {HTMLElement[]} sent
 * @param {HTMLElement[]} folds
 * @param {(n: number) => string} moreOf the summary of a fold
 */
function sentLast(section, list, sent, folds, moreOf) {
  if (sent.length === 0) return;
  section.append(listed(list, sent));
  for (const fold of folds) {
    for (const none of fold.querySelectorAll('ul:empty')) {
      none.previousElementSibling?.matches('h3') && none.previousElementSibling.remove();
      none.remove();
    }
    const n = all(fold, '[data-turn]').length;
    const [summary] = all(fold, 'summary');
    summary.textContent = moreOf(n);
    fold.toggleAttribute('open', list.childElementCount === 0);
    if (n === 0) fold.remove();
  }
}

/**
 * Makes a heading whose number countTurns fills in.
 * @param {HTMLElement} title
 * @param {string} form with %name and %n
 * @param {HTMLElement} item one of the person's
 */
function titled(title, form, { dataset: { person = '', name = '' } }) {
  Object.assign(title.dataset, { turnsOf: person, name, form });
  return title;
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
