// The picture of promises in time: where today is in it, and what goes on from day to day.

import { daysBetween } from './dates.js';

/**
 * How far a day is along an axis: the middle of the day, from 0 to 1; below or above where it
 * is outside.
 * @param {string} day
 * @param {string} from the first day of the axis
 * @param {string} to the day after the last
 */
export function share(day, from, to) {
  return (daysBetween(from, day) + 0.5) / daysBetween(from, to);
}

/**
 * From where to where a stretch of time is drawn on a day: what is past grows until today, what
 * is ahead begins with it. It never ends before it begins.
 * @param {string} clip past or ahead
 * @param {string} from
 * @param {string} to '' where it has no end
 * @param {string} now
 */
export function stretch(clip, from, to, now) {
  const today = now.slice(0, 10);
  if (clip === 'ahead') return [today > from ? today : from, to].map((day) => (day > to ? to : day));
  const end = to && to < today ? to : today;
  return [from, end < from ? from : end];
}

/**
 * At which edge of an axis something is too near to stand in the middle of its place; '' for neither.
 * @param {number} at from 0 to 1
 */
export function edge(at) {
  if (at < 0.1) return 'start';
  return at > 0.9 ? 'end' : '';
}

/**
 * Brings the pictures on a page up to this moment.
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
