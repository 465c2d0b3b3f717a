// What an opened page works out again each time it is read: how far off a date
// is, what is overdue, how things stand by now, and whose turn is the reader's own.

const day = 24 * 60 * 60 * 1000;
const order = ['', 'green', 'amber', 'red'];

/**
 * Today in the client's zone, as year-month-day; in a sample the day at which its
 * clock stands still.
 * @param {HTMLElement} main
 */
export function today(main) {
  if (main.dataset.frozen) return main.dataset.frozen;
  const { zone = 'UTC' } = main.dataset;
  // The Swedish form of a date is the ISO one.
  const format = known((timeZone) => new Intl.DateTimeFormat('sv-SE', { timeZone }), zone || 'UTC', 'UTC');
  return format.format(new Date());
}

/**
 * What is made of a name, or of another where the browser does not know the first:
 * zones are renamed, and languages mistyped.
 * @template T
 * @param {(name: string) => T} make
 * @param {string} name
 * @param {string} otherwise
 */
function known(make, name, otherwise) {
  try {
    return make(name);
  } catch {
    return make(otherwise);
  }
}

/**
 * The number of days from one date to another.
 * @param {string} from
 * @param {string} to
 */
function daysBetween(from, to) {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from)) / day);
}

/**
 * Brings an opened page up to this day.
 * @param {HTMLElement} place where the page stands
 * @param {string} reader the reader's id, or ''
 */
export function bringUpToDate(place, reader) {
  const main = place.querySelector('main');
  if (!main) return;
  const now = today(main);
  const relative = known((lang) => new Intl.RelativeTimeFormat(lang, { numeric: 'auto' }), place.lang, 'en');
  tellDistances(main, now, relative);
  tellMissedUpdate(main, now);
  judge(main, now);
  drawToday(main, now);
  ownFirst(main, reader);
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
 * @param {HTMLElement} main
 * @param {string} now
 * @param {Intl.RelativeTimeFormat} relative
 */
function tellDistances(main, now, relative) {
  for (const due of main.querySelectorAll('[data-due]')) {
    if (!(due instanceof HTMLElement) || !due.dataset.due) continue;
    const days = daysBetween(now, due.dataset.due);
    const said = document.createElement('span');
    said.className = days < 0 ? 'far overdue' : 'far';
    said.textContent = days < 0
      ? ` (${due.dataset.overdue}, ${inWords(days, relative)})`
      : ` (${inWords(days, relative)})`;
    due.append(said);
  }
}

/**
 * @param {HTMLElement} main
 * @param {string} now
 */
function tellMissedUpdate(main, now) {
  const next = main.querySelector('[data-next-update]');
  if (next instanceof HTMLElement && daysBetween(now, next.dataset.nextUpdate ?? now) < 0) {
    const said = document.createElement('strong');
    said.className = 'overdue';
    said.textContent = ` · ${next.dataset.missed}`;
    next.append(said);
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
    const active = daysBetween(now, fact.dataset.from ?? now) <= 0;
    fact.hidden = !active;
    if (active) worst = Math.max(worst, order.indexOf(fact.dataset.colour ?? ''));
  }
  colour.dataset.colour = order[worst];
}

/**
 * @param {HTMLElement} main
 * @param {string} now
 */
function drawToday(main, now) {
  const timeline = main.querySelector('.timeline');
  if (!(timeline instanceof HTMLElement)) return;
  const { from = '', to = '' } = timeline.dataset;
  const share = (daysBetween(from, now) + 0.5) / daysBetween(from, to);
  if (share < 0 || share > 1) return;
  for (const line of timeline.querySelectorAll('[data-today]')) {
    line.setAttribute('x1', `${share * 100}%`);
    line.setAttribute('x2', `${share * 100}%`);
    line.setAttribute('visibility', 'visible');
  }
}

/**
 * The reader's own turn comes first, their colleagues' after, over the visible
 * list and the one behind "and more" together.
 * @param {HTMLElement} main
 * @param {string} reader
 */
function ownFirst(main, reader) {
  const lists = [...main.querySelectorAll('[data-todos]')];
  const items = lists.flatMap((list) => [...list.children]).filter((item) => item instanceof HTMLElement);
  if (!reader || !items.some((item) => item.dataset.person === reader)) return;
  const mine = items.filter((item) => item.dataset.person === reader);
  const others = items.filter((item) => item.dataset.person !== reader);
  const sizes = lists.map((list) => list.children.length);
  const sorted = [...mine, ...others];
  lists.forEach((list, i) => list.append(...sorted.splice(0, sizes[i])));
}
