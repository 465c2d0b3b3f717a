// The picture of promises in time: the position of today, and bars that grow from day to day.

import { daysBetween } from './dates.js';

/**
 * The position of the middle of a day on an axis, from 0 to 1; below 0 or above 1 if it is
 * outside.
 * @param {string} day
 * @param {string} from the first day of the axis
 * @param {string} to the day after the last
 */
export function share(day, from, to) {
  return (daysBetween(from, day) + 0.5) / daysBetween(from, to);
}

/**
 * The first and last day of a bar, as of today. A past bar grows until today, a future bar begins
 * today. A bar never ends before it begins.
 * @param {string} clip past or ahead
 * @param {string} from
 * @param {string} to '' if it has no end
 * @param {string} now
 */
export function stretch(clip, from, to, now) {
  const today = now.slice(0, 10);
  if (clip === 'ahead') return [today > from ? today : from, to].map((day) => (day > to ? to : day));
  const end = to && to < today ? to : today;
  return [from, end < from ? from : end];
}

/**
 * The edge of an axis that is too near to centre something at a position; '' if none is.
 * @param {number} at from 0 to 1
 */
export function edge(at) {
  if (at < 0.1) return 'start';
  return at > 0.9 ? 'end' : '';
}

/**
 * Updates the pictures on a page to the current time.
 * @param {ParentNode} main
 * @param {string} now
 */
export function drawToday(main, now) {
  for (const picture of main.querySelectorAll('[data-timeline]')) {
    if (!(picture instanceof HTMLElement)) continue;
    const { from = '', to = '' } = picture.dataset;
    const percent = (/** @type {string} */ day) => `${Math.min(Math.max(share(day, from, to), 0), 1) * 100}%`;
    const today = share(now, from, to);
    const visibility = today >= 0 && today <= 1 ? 'visible' : 'hidden';
    for (const line of picture.querySelectorAll('[data-today]')) {
      line.setAttribute('x1', percent(now));
      line.setAttribute('x2', percent(now));
      line.setAttribute('visibility', visibility);
    }
    for (const word of picture.querySelectorAll('[data-today-word]')) {
      word.setAttribute('x', percent(now));
      word.setAttribute('data-edge', edge(today));
      word.setAttribute('visibility', visibility);
    }
    for (const span of picture.querySelectorAll('[data-span]')) {
      if (!(span instanceof SVGElement)) continue;
      const [begin, end] = stretch(span.dataset.span ?? '', span.dataset.from ?? '', span.dataset.to ?? '', now);
      if (span instanceof SVGLineElement) span.setAttribute('x1', percent(begin));
      else span.setAttribute('width', `${Number.parseFloat(percent(end)) - Number.parseFloat(percent(begin))}%`);
    }
  }
}
