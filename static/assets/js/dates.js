// Dates in the form year-month-day, with or without a time: the days between them, whether one has
// passed, and how to say that.

const day = 24 * 60 * 60 * 1000;

/**
 * The number of days from one date to another.
 * @param {string} from
 * @param {string} to
 */
export function daysBetween(from, to) {
  return Math.round((Date.parse(to.slice(0, 10)) - Date.parse(from.slice(0, 10))) / day);
}

/**
 * Whether something has certainly passed: its time or, without a time, its day.
 * @param {string} now
 * @param {string} due
 */
export function isPast(now, due) {
  const shared = Math.min(now.length, due.length);
  return due.slice(0, shared) < now.slice(0, shared);
}

/**
 * A number of days from now in words, in a suitable unit.
 * @param {number} days
 * @param {Intl.RelativeTimeFormat} relative
 */
export function inWords(days, relative) {
  const size = Math.abs(days);
  if (size < 14) return relative.format(days, 'day');
  if (size < 60) return relative.format(Math.round(days / 7), 'week');
  if (size < 730) return relative.format(Math.round(days / 30), 'month');
  return relative.format(Math.round(days / 365), 'year');
}

/**
 * How long ago something was, on the same day.
 * @param {string} now
 * @param {string} due
 * @param {Intl.RelativeTimeFormat} relative
 */
export function agoToday(now, due, relative) {
  const minutes = Math.floor((Date.parse(`${now}Z`) - Date.parse(`${due}Z`)) / 60000);
  return minutes < 60 ? relative.format(-minutes, 'minute') : relative.format(-Math.floor(minutes / 60), 'hour');
}
