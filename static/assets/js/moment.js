// Moments: what a clock on the wall of a time zone shows, and back.

const day = 24 * 60 * 60 * 1000;

/**
 * What is made of a name, or of another where the browser does not know the first:
 * zones are renamed, and languages mistyped.
 * @template T
 * @param {(name: string) => T} make
 * @param {string} name
 * @param {string} otherwise
 */
export function known(make, name, otherwise) {
  try {
    return make(name);
  } catch {
    return make(otherwise);
  }
}

/**
 * A language with the digits, the calendar and the order of a date of which a page is
 * built: those of a browser differ by country, and a page shows one kind.
 * @param {string} lang
 */
export function asBuilt(lang) {
  return new Intl.Locale(lang === 'en' ? 'en-GB' : lang, { calendar: 'gregory', numberingSystem: 'latn' });
}

/** @type {Map<string, Intl.RelativeTimeFormat>} what relativeIn has made */
const relatives = new Map();

/**
 * How far off something is in the words of a language, or in English where the browser
 * does not know that.
 * @param {string} lang
 */
export function relativeIn(lang) {
  const made = relatives.get(lang) ?? known((l) => new Intl.RelativeTimeFormat(asBuilt(l), { numeric: 'auto' }), lang, 'en');
  relatives.set(lang, made);
  return made;
}

/**
 * A day in the words of a language, with its year.
 * @param {string} lang
 * @param {string} date which begins as year-month-day
 */
export function dayIn(lang, date) {
  const form = known((l) => new Intl.DateTimeFormat(asBuilt(l), { dateStyle: 'long', timeZone: 'UTC' }), lang, 'en');
  return form.format(Date.parse(date.slice(0, 10)));
}

/** @param {string} timeZone an IANA name */
function wall(timeZone) {
  // The Swedish form of a date and a time is the ISO one, but for the T.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
}

/**
 * What the clock in a zone shows, as year-month-dayThour:minute:second. A zone that
 * the browser does not know is taken to be as far ahead of UTC as it was when the page
 * was built.
 * @param {string} zone
 * @param {Date} instant
 * @param {number} ahead in minutes
 */
export function clockIn(zone, instant, ahead) {
  try {
    return wall(zone).format(instant).replace(' ', 'T');
  } catch {
    return new Date(instant.getTime() + (ahead || 0) * 60_000).toISOString().slice(0, 19);
  }
}

/**
 * The instant at which the clock in a zone shows this. Of an hour that comes twice,
 * as summer time ends, it is the first; one that is left out, as it begins, is as
 * much later as was left out.
 * @param {string} moment as from clockIn
 * @param {string} zone
 * @throws {RangeError} where the browser does not know the zone
 */
export function instantOf(moment, zone) {
  const format = wall(zone);
  const shown = Date.parse(`${moment}Z`);
  const offset = (/** @type {number} */ at) => Date.parse(`${format.format(at).replace(' ', 'T')}Z`) - at;
  const before = shown - offset(shown - day);
  const after = shown - offset(shown + day);
  const right = [before, after].find((at) => at + offset(at) === shown);
  return new Date(right ?? before);
}

/**
 * The device's time with its offset, as in RFC 3339. Where the page's clock stands still it is what
 * that clock shows where the client is; of one that shows a day alone, at the time of day that it is
 * there.
 * @param {Date} now
 * @param {{ frozen?: string, offset?: string }} main of the page; offset is how far the client is ahead of UTC, in minutes
 */
export function sentAt(now, { frozen, offset = '0' }) {
  const ahead = frozen ? Number(offset) : -now.getTimezoneOffset();
  const [date, time = ''] = new Date(now.getTime() + ahead * 60_000).toISOString().slice(0, 19).split('T');
  const [day = date, clock = time] = frozen?.split('T') ?? [];
  const two = (/** @type {number} */ n) => `${Math.trunc(n)}`.padStart(2, '0');
  return `${day}T${clock}${ahead < 0 ? '-' : '+'}${two(Math.abs(ahead) / 60)}:${two(Math.abs(ahead) % 60)}`;
}
