// The parts of an opened page that depend on the current time: how far away a date is, what is
// overdue, and the status.

import { isHere } from './address.js';
import { offerDates } from './calendar.js';
import { agoToday, daysBetween, inWords, isPast } from './dates.js';
import { all, make } from './dom.js';
import { clockIn, dayIn, relativeIn } from './moment.js';
import { drawToday } from './timeline.js';

const order = ['', 'green', 'amber', 'red'];

/**
 * The current time in the client's zone, as year-month-dayThour:minute:second. If the page's
 * clock stands still, it is that day or moment.
 * @param {HTMLElement} place where the page stands
 */
export function present(place) {
  const main = /** @type {HTMLElement} */ (place.querySelector('main'));
  return main.dataset.frozen || clockIn(main.dataset.zone || 'UTC', new Date(), Number(main.dataset.offset));
}

/**
 * Updates an opened page to the current time. It may be called again later.
 * @param {HTMLElement} place where the page stands
 * @param {string} portal the path of the portal's Home
 */
export function bringUpToDate(place, portal) {
  const main = place.querySelector('main');
  if (!main) return;
  const now = present(place);
  const relative = relativeIn(place.lang);
  for (const said of main.querySelectorAll('[data-far]')) said.remove();
  tellDay(main, now, place.lang);
  tellDistances(main, now, relative);
  moveLate(main, now);
  passMoments(main, now);
  orderNext(main);
  countReplies(main, now);
  judge(main, now);
  drawToday(main, now);
  offerDates(main, portal, (due) => !isPast(now, due));
}

/**
 * Shows on paper for which day the page is.
 * @param {HTMLElement} main
 * @param {string} now
 * @param {string} lang
 */
function tellDay(main, now, lang) {
  for (const at of all(main, '[data-as-of]')) {
    const day = dayIn(lang, now);
    at.textContent = (at.dataset.asOf ?? '').replace('%day', () => day);
  }
}

/**
 * @param {HTMLElement} main
 * @param {string} now
 * @param {Intl.RelativeTimeFormat} relative
 */
function tellDistances(main, now, relative) {
  for (const at of all(main, '[data-due]')) {
    const { due = '', holds, overdue = '', passed = '' } = at.dataset;
    if (!due) continue;
    const days = daysBetween(now, due);
    const late = isPast(now, due);
    if (late && !isPast(now, holds || due)) { // a later date replaces it
      if (passed) tell(at, passed, false);
      continue;
    }
    const far = late && days === 0 ? agoToday(now, due, relative) : inWords(days, relative);
    tell(at, late ? overdue.replace('%far', () => far) : far, late);
  }
  for (const at of all(main, '[data-ago]')) {
    if (at.dataset.ago) tell(at, inWords(daysBetween(now, at.dataset.ago), relative), false);
  }
}

/**
 * @param {HTMLElement} at
 * @param {string} far
 * @param {boolean} late
 */
function tell(at, far, late) {
  const said = make('span', '', ' '); // outside of what stays in one line, so that a line may end here
  said.dataset.far = '';
  said.append(make('span', late ? 'far overdue' : 'far', `(${far})`));
  at.append(said);
}

/**
 * Moves items that were due and have passed to the list of late ones.
 * @param {HTMLElement} main
 * @param {string} now
 */
function moveLate(main, now) {
  for (const late of all(main, '[data-late]')) {
    late.append(...all(main, '[data-next] > li').filter((item) => isPast(now, item.dataset.lateAfter
      || all(item, '[data-due]')[0]?.dataset.due || now)));
    const section = late.closest('section');
    if (section) section.hidden = late.childElementCount === 0;
  }
}

/**
 * Shows and hides what is valid only until a moment, or only after it. Hides a section when all
 * of its lists are empty.
 * @param {HTMLElement} main
 * @param {string} now
 */
function passMoments(main, now) {
  for (const said of main.querySelectorAll('[data-until], [data-after]')) {
    const after = said.getAttribute('data-after');
    const isOver = isPast(now, said.getAttribute('data-until') || now) || after !== null && !isPast(now, after || now);
    hide(said, isOver);
    for (const chosen of isOver ? said.querySelectorAll('input') : []) {
      if (!chosen.checked) continue;
      chosen.checked = false;
      chosen.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
  for (const list of all(main, '[data-fold-empty]')) {
    list.hidden = [...list.children].every((item) => item.matches('[hidden]'));
    const section = list.closest('section');
    if (section) section.hidden = [...section.querySelectorAll('ul, ol')].every((other) => isHiddenIn(section, other));
  }
}

/**
 * Orders what comes next, where an agreed date has passed and a later one takes its place, and folds
 * what is more than the first few.
 * @param {HTMLElement} main
 */
function orderNext(main) {
  const lists = all(main, '[data-next]');
  // With z at the end, a day stands after the times on it.
  const day = (/** @type {HTMLElement} */ item) => `${all(item, ':scope > time:not([hidden])').pop()?.getAttribute('datetime') ?? 0}z`;
  const items = all(main, '[data-next] > li:not([hidden])').sort((a, b) => day(a).localeCompare(day(b)));
  const first = items.length > 4 ? 3 : 4;
  items.forEach((item, n) => {
    const list = lists[n < first ? 0 : 1];
    const there = list?.children[n < first ? n : n - first];
    if (there !== item) list?.insertBefore(item, there ?? null); // what stays keeps the focus
  });
  for (const said of all(main, '[data-folded]')) {
    said.hidden = items.length < 5;
    said.textContent = said.dataset.folded?.split('|')[items.length - 4] ?? '';
  }
}

/**
 * @param {Element} element of a page, or of an SVG drawing, in which hidden has no effect
 * @param {boolean} is
 */
function hide(element, is) {
  if (element instanceof SVGElement) element.setAttribute('visibility', is ? 'hidden' : 'inherit');
  else element.toggleAttribute('hidden', is);
}

/**
 * Whether an element is hidden, by itself or with an element around it.
 * @param {Element} section that contains it
 * @param {Element} element
 */
function isHiddenIn(section, element) {
  const hidden = element.closest('[hidden]');
  return hidden !== null && hidden !== section && section.contains(hidden);
}

/**
 * Counts a message that was not answered in time among the late ones.
 * @param {HTMLElement} main
 * @param {string} now
 */
function countReplies(main, now) {
  for (const told of all(main, '[data-replies]')) {
    const line = told.parentElement;
    if (!line) continue;
    const sums = all(line.parentElement ?? line, '[data-if-late]');
    const late = sums.filter((item) => all(item, '[data-due]').slice(0, 1).some((due) => isPast(now, due.dataset.due || now)));
    told.textContent = (late.length > 0 ? sums[late.length - 1].dataset.ifLate : told.dataset.replies) ?? '';
    line.hidden = told.textContent === '';
  }
}

/**
 * Shows the author's colour, or a worse one if today's facts require it.
 * @param {HTMLElement} main
 * @param {string} now
 */
function judge(main, now) {
  const [standing] = all(main, '[data-standing]');
  const [colour] = standing ? all(standing, '[data-author]') : [];
  if (!colour) return;
  let worst = order.indexOf(colour.dataset.author ?? '');
  for (const fact of all(standing, '[data-from]')) {
    const from = fact.dataset.from ?? now;
    const active = from.includes('T') ? isPast(now, from) : daysBetween(now, from) <= 0;
    fact.hidden = !active;
    if (active) worst = Math.max(worst, order.indexOf(fact.dataset.colour ?? ''));
  }
  colour.dataset.colour = order[worst];
  for (const more of all(standing, '[data-reasons]')) {
    const reasons = all(more.previousElementSibling ?? standing, '[data-from]:not([hidden])');
    more.textContent = more.dataset.reasons?.split('|')[reasons.length - 2] ?? '';
    more.hidden = more.textContent === '';
  }
}

/**
 * Moves the navigation, which is one piece and the same on all pages, to its place, and marks the
 * current page and its section in it. It names whom the page tells how to reach.
 * @param {HTMLElement} place where the page stands
 */
export function markPlace(place) {
  place.querySelector('[data-foot]')?.prepend(...place.querySelectorAll('[data-ways]'));
  const reach = /** @type {HTMLElement | null} */ (place.querySelector('[data-reach]'))?.dataset.reach;
  if (reach) place.querySelector('nav [href="#reach"] span')?.replaceChildren(reach);
  const section = place.querySelector('main')?.dataset.section;
  for (const link of place.querySelectorAll('[data-nav]')) {
    const to = link.getAttribute('href') ?? '';
    if (isHere(to)) link.setAttribute('aria-current', 'page');
    else if (to === section) link.setAttribute('aria-current', 'true');
  }
}
