// Moments: the local time in a time zone, and the conversion back.

const day = 24 * 60 * 60 * 1000;

/**
 * Calls make with a name, or with another name if the browser does not know the first: zones are
 * renamed, and languages mistyped.
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
 * A language with the digits, calendar and date order with which pages are built. A browser's own
 * settings differ by country, and a page must show only one form.
 * @param {string} lang
 */
export function asBuilt(lang) {
  return new Intl.Locale(lang === 'en' ? 'en-GB' : lang, { calendar: 'gregory', numberingSystem: 'latn' });
}

/** @type {Map<string, Intl.RelativeTimeFormat>} the formats that relativeIn has made */
const relatives = new Map();

/**
 * The format of relative times in a language, or in English if the browser does not know the
 * language.
 * @param {string} lang
 */
export function relativeIn(lang) {
  const made = relatives.get(lang) ?? known((l) => new Intl.RelativeTimeFormat(asBuilt(l), { numeric: 'auto' }), lang, 'en');
  relatives.set(lang, made);
  return made;
}

/**
 * A date in the words of a language, with its year.
 * @param {string} lang
 * @param {string} date which begins as year-month-day
 */
export function dayIn(lang, date) {
  const form = known((l) => new Intl.DateTimeFormat(asBuilt(l), { dateStyle: 'long', timeZone: 'UTC' }), lang, 'en');
  return form.format(Date.parse(date.slice(0, 10)));
}

/** @param {string} timeZone an IANA name */
function wall(timeZone) {
  // The Swedish form of a date and time equals the ISO form, except for the T.
  return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
}

/**
 * The local time in a zone, as year-month-dayThour:minute:second. If the browser does not know
 * the zone, the offset from UTC at the time of the build is used.
 * @param {string} zone
 * @param {Date} instant
 * @param {number} ahead the offset from UTC at the time of the build, in minutes
 */
export function clockIn(zone, instant, ahead) {
  try {
    return wall(zone).format(instant).replace(' ', 'T');
  } catch {
    return new Date(instant.getTime() + (ahead || 0) * 60_000).toISOString().slice(0, 19);
  }
}

/**
 * The instant of a local time in a zone. If an hour occurs twice, at the end of summer time, it
 * is the first. If an hour is skipped, at its beginning, the result is later by the skipped time.
 * @param {string} moment in the form of clockIn
 * @param {string} zone
 * @throws {RangeError} if the browser does not know the zone
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
 * The device's time with its offset, in RFC 3339. If the page's clock stands still, it is the
 * time of that clock in the client's zone. If that clock has only a day, the time of day is the
 * current one there.
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
