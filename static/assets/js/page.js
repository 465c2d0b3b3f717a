// What an opened page works out again each time it is read: how far off a date
// is, what is overdue, how things stand by now, and whose turn is the reader's own.

import { isHere } from './address.js';
import { offerDates } from './calendar.js';
import { clockIn, daysBetween, relativeIn } from './moment.js';
import { drawToday } from './timeline.js';

const order = ['', 'green', 'amber', 'red'];

/**
 * This moment in the client's zone, as year-month-dayThour:minute:second; where the
 * clock stands still, the day or the moment at which it does.
 * @param {HTMLElement} main
 */
function present(main) {
  return main.dataset.frozen || clockIn(main.dataset.zone || 'UTC', new Date(), Number(main.dataset.offset));
}

/**
 * Whether something has certainly passed: its hour or, where there is none, its day.
 * @param {string} now
 * @param {string} due
 */
function isPast(now, due) {
  const shared = Math.min(now.length, due.length);
  return due.slice(0, shared) < now.slice(0, shared);
}

/**
 * Brings an opened page up to this moment. It may be done again as time passes.
 * @param {HTMLElement} place where the page stands
 * @param {string} portal the path of the portal's Home
 */
export function bringUpToDate(place, portal) {
  const main = place.querySelector('main');
  if (!main) return;
  const now = present(main);
  const relative = relativeIn(place.lang);
  for (const said of main.querySelectorAll('.far')) said.remove();
  tellDistances(main, now, relative);
  passMoments(main, now);
  countReplies(main, now);
  judge(main, now);
  drawToday(main, now);
  offerDates(main, portal, (due) => !isPast(now, due));
}

/**
 * @param {number} days
 * @param {Intl.RelativeTimeFormat} relative
 */
function inWords(days, relative) {
  const size = Math.abs(days);
  if (size < 14) return relative.format(days, 'day');
  if (size < 60) return relative.format(Math.round(days / 7), 'week');
  return relative.format(Math.round(days / 30), 'month');
}

/**
 * How long ago something was on this very day.
 * @param {string} now
 * @param {string} due
 * @param {Intl.RelativeTimeFormat} relative
 */
function agoToday(now, due, relative) {
  const minutes = Math.floor((Date.parse(`${now}Z`) - Date.parse(`${due}Z`)) / 60000);
  return minutes < 60 ? relative.format(-minutes, 'minute') : relative.format(-Math.floor(minutes / 60), 'hour');
}

/**
 * @param {HTMLElement} main
 * @param {string} now
 * @param {Intl.RelativeTimeFormat} relative
 */
function tellDistances(main, now, relative) {
  for (const due of main.querySelectorAll('[data-due]')) {
    if (!(due instanceof HTMLElement) || !due.dataset.due) continue;
    const days = daysBetween(now, due.dataset.due);
    const late = isPast(now, due.dataset.due);
    if (late && !isPast(now, due.dataset.holds || due.dataset.due)) continue; // a later date is on the table
    const far = late && days === 0 ? agoToday(now, due.dataset.due, relative) : inWords(days, relative);
    const said = document.createElement('span');
    said.className = late ? 'far overdue' : 'far';
    said.textContent = late ? ` (${(due.dataset.overdue ?? '').replace('%far', () => far)})` : ` (${far})`;
    due.append(said);
  }
  for (const held of main.querySelectorAll('[data-ago]')) {
    if (!(held instanceof HTMLElement) || !held.dataset.ago) continue;
    const said = document.createElement('span');
    said.className = 'far';
    said.textContent = ` (${inWords(daysBetween(now, held.dataset.ago), relative)})`;
    held.append(said);
  }
}

/**
 * What holds until a moment, or once it has passed, is shown and hidden as that is so. A
 * section of which nothing but its heading is left is hidden too.
 * @param {HTMLElement} main
 * @param {string} now
 */
function passMoments(main, now) {
  for (const said of main.querySelectorAll('[data-until]')) {
    said.toggleAttribute('hidden', isPast(now, said.getAttribute('data-until') || now));
  }
  for (const said of main.querySelectorAll('[data-after]')) {
    said.toggleAttribute('hidden', !isPast(now, said.getAttribute('data-after') || now));
  }
  for (const list of main.querySelectorAll('.coming')) {
    const section = list.parentElement;
    list.toggleAttribute('hidden', [...list.children].every((item) => item.matches('[hidden]')));
    section?.toggleAttribute('hidden', [...section.children].every((child) => child.matches('h2, [hidden]')));
  }
}

/**
 * A message whose time has passed unanswered counts among those that had to be answered.
 * @param {HTMLElement} main
 * @param {string} now
 */
function countReplies(main, now) {
  for (const told of main.querySelectorAll('[data-replies]')) {
    const line = told.parentElement;
    if (!(told instanceof HTMLElement) || !line) continue;
    const sums = [...(line.parentElement?.querySelectorAll('[data-if-late]') ?? [])].filter((item) => item instanceof HTMLElement);
    const late = sums.filter((item) => {
      const due = item.querySelector('[data-due]');
      return due instanceof HTMLElement && isPast(now, due.dataset.due || now);
    });
    told.textContent = (late.length > 0 ? sums[late.length - 1].dataset.ifLate : told.dataset.replies) ?? '';
    line.hidden = told.textContent === '';
  }
}

/**
 * The colour is the author's, but never greener than the facts of this day.
 * @param {HTMLElement} main
 * @param {string} now
 */
function judge(main, now) {
  const standing = main.querySelector('.standing');
  const colour = standing?.querySelector('.colour');
  if (!(colour instanceof HTMLElement)) return;
  let worst = order.indexOf(colour.dataset.author ?? '');
  for (const fact of standing?.querySelectorAll('[data-from]') ?? []) {
    if (!(fact instanceof HTMLElement)) continue;
    const from = fact.dataset.from ?? now;
    const active = from.includes('T') ? isPast(now, from) : daysBetween(now, from) <= 0;
    fact.hidden = !active;
    if (active) worst = Math.max(worst, order.indexOf(fact.dataset.colour ?? ''));
  }
  colour.dataset.colour = order[worst];
}

/**
 * Marks in the navigation, which is the same on all pages, which one this is, and the
 * section that it belongs to.
 * @param {HTMLElement} place where the page stands
 */
export function markPlace(place) {
  const section = place.querySelector('main')?.dataset.section;
  for (const link of place.querySelectorAll('[data-nav]')) {
    const to = link.getAttribute('href') ?? '';
    if (isHere(to)) link.setAttribute('aria-current', 'page');
    else if (to === section) link.setAttribute('aria-current', 'true');
  }
}

/** How many of the reader's own turns are shown at once. */
const atOnce = 2;

/**
 * Counts the reader's own turns as theirs; each colleague's stand below, folded. What names
 * nobody is anyone's, and so the reader's too.
 * @param {HTMLElement} place where the page stands
 * @param {string} reader the reader's id, or ''
 */
export function ownFirst(place, reader) {
  const section = place.querySelector('[data-turns]');
  const list = section?.querySelector('ul');
  const heading = section?.querySelector('h2');
  if (!reader || !(section instanceof HTMLElement) || !list || !heading) return;
  const items = [...section.querySelectorAll('.todo')].filter((item) => item instanceof HTMLElement);
  const isMine = (/** @type {HTMLElement} */ item) => !item.dataset.person || item.dataset.person === reader;
  const mine = items.filter(isMine);
  const name = nameOf(place, reader);
  const { yours = '', also = '', none = '', more = '' } = section.dataset;
  const [title, count] = heading.children;
  title.textContent = mine.length === 0 ? none : name ? yours.replace('%name', () => name) : title.textContent;
  count.textContent = `${mine.length}`;
  if (count instanceof HTMLElement) count.hidden = mine.length === 0;
  section.classList.toggle('calm', mine.length === 0);
  for (const fold of section.querySelectorAll('details')) fold.remove();
  list.replaceChildren(...mine.slice(0, atOnce));
  list.hidden = mine.length === 0;
  const rest = mine.slice(atOnce);
  if (rest.length > 0) section.append(fold(more.split('|')[rest.length - 1] ?? '', rest));
  const others = items.filter((item) => !isMine(item));
  for (const person of new Set(others.map((item) => item.dataset.person))) {
    const theirs = others.filter((item) => item.dataset.person === person);
    const words = { name: theirs[0].dataset.name ?? '', n: `${theirs.length}` };
    section.append(fold(also.replace('%name', () => words.name).replace('%n', () => words.n), theirs));
  }
}

/**
 * How the page calls somebody; '' where it does not.
 * @param {HTMLElement} place
 * @param {string} person an id
 */
function nameOf(place, person) {
  const item = place.querySelector(`.todo[data-person="${CSS.escape(person)}"]`);
  return item instanceof HTMLElement ? item.dataset.name ?? '' : '';
}

/**
 * @param {string} summary
 * @param {HTMLElement[]} items
 */
function fold(summary, items) {
  const details = document.createElement('details');
  details.className = 'more';
  const line = document.createElement('summary');
  line.textContent = summary;
  const list = document.createElement('ul');
  list.className = 'todos';
  list.append(...items);
  details.append(line, list);
  return details;
}
