// What has changed since the reader's last visit. A visit goes on as long as another page of the
// portal is opened within half an hour. Only hashes of the shown events stay on the device, and
// nothing is sent.

import { all } from './dom.js';
import { asBuilt, known, relativeIn } from './moment.js';

/**
 * @typedef {{ looked: number, seen: string[] }} Look when Home was last shown, and the events it
 * had shown by then
 */
/**
 * @typedef {Look & { opened: number, before: Look | null }} Visits before is the state at the
 * start of this visit; null in the first one
 */

const visitEnds = 30 * 60 * 1000;
const day = 24 * 60 * 60 * 1000;
/**
 * The greatest number of events on Home (layouts/_partials/since.html), and of events to remember.
 */
const room = 12;
const remembered = 120;

/**
 * @param {Visits | undefined} past what was kept
 * @param {string[] | null} events on this page, newest first; null if it has no such list
 * @param {number} now in milliseconds
 * @returns {{ visits: Visits, fresh: string[] }} what to keep, and the events that are new
 */
export function turnPage(past, events, now) {
  const { looked = 0, seen = [], opened = 0 } = past ?? {};
  const goesOn = past && Math.abs(now - opened) < visitEnds;
  const before = goesOn ? past.before : looked ? { looked, seen } : null;
  return {
    visits: {
      opened: now, before,
      looked: events ? now : looked,
      seen: events ? [...new Set([...events, ...seen])].slice(0, remembered) : seen,
    },
    fresh: before && events ? unseen(events, before.seen) : [],
  };
}

/**
 * The events that were not seen. If Home had no room for all, events below the last seen one are
 * old, not new.
 * @param {string[]} events
 * @param {string[]} seen
 */
function unseen(events, seen) {
  const had = new Set(seen);
  const last = events.findLastIndex((event) => had.has(event));
  const news = had.size < room || last < 0 ? events : events.slice(0, last);
  return news.filter((event) => !had.has(event));
}

/**
 * Shows what is new. On a first visit it shows nothing.
 * @param {HTMLElement} place where the page stands
 * @param {Visits | undefined} past
 * @param {number} now
 * @returns {Visits} what to keep
 */
export function tellSince(place, past, now) {
  const [section] = all(place, '[data-since]');
  if (!section) return turnPage(past, null, now).visits;
  const items = all(section, '[data-event]');
  const { visits, fresh } = turnPage(past, items.map((item) => item.dataset.event ?? ''), now);
  for (const item of items) item.hidden = !fresh.includes(item.dataset.event ?? '');
  const [heading] = all(section, '[data-form]');
  if (visits.before && heading) {
    const words = { day: dayOf(visits.before.looked, now, place.lang), changes: items[fresh.length - 1]?.dataset.changes ?? '' };
    heading.textContent = (heading.dataset.form ?? '').replace('%day', () => words.day).replace('%changes', () => words.changes);
  }
  section.hidden = fresh.length === 0;
  return visits;
}

/**
 * A day in the reader's own calendar: today, yesterday, a weekday within a week, else a date.
 * @param {number} then
 * @param {number} now
 * @param {string} lang
 */
function dayOf(then, now, lang) {
  const midnight = (/** @type {number} */ at) => new Date(at).setHours(0, 0, 0, 0);
  const ago = Math.round((midnight(now) - midnight(then)) / day);
  if (ago < 2) return relativeIn(lang).format(-ago, 'day');
  const year = new Date(then).getFullYear() === new Date(now).getFullYear() ? undefined : 'numeric';
  /** @type {Intl.DateTimeFormatOptions} */
  const form = ago < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long', year };
  return known((l) => new Intl.DateTimeFormat(asBuilt(l), form), lang, 'en').format(then);
}
