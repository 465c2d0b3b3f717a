// What has changed since the reader's last visit. A visit goes on for as long as
// another page of the portal is opened within half an hour. Only hashes of what was
// shown stay on the device, and nothing is ever sent.

import { all } from './dom.js';
import { asBuilt, known, relativeIn } from './moment.js';

/** @typedef {{ looked: number, seen: string[] }} Look when Home was last looked at, and the events that it had shown by then */
/** @typedef {Look & { opened: number, before: Look | null }} Visits before is how it was when this visit began, null in the first one */

const visitEnds = 30 * 60 * 1000;
const day = 24 * 60 * 60 * 1000;
/** How many events Home has at most (layouts/_partials/since.html), and how many are remembered. */
const room = 12;
const remembered = 120;

/**
 * @param {Visits | undefined} past what was kept; undefined if nothing is
 * @param {string[] | null} events on this page, newest first; null where there is no such list
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
 * Where there was more than Home has room for, what stands below all that was seen
 * is older, and no news.
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
 * Shows what is new, and nothing on a first visit.
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
 * A day of the reader's own calendar: today, yesterday, by its weekday within a week.
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
