// Searches for words on the page with everything, and hides the parts without them.

import { all } from './dom.js';

const headings = 'h1, h2, h3, h4, h5, h6, summary, thead, figcaption';
const opened = 'section, div, ul, ol, table, tbody, details';

/** Which of the places that were found was shown last. @type {WeakMap<HTMLInputElement, number>} */
const shown = new WeakMap();

/**
 * Text in the form for a search: it ignores case and accents.
 * @param {string} text
 */
export function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Whether a text contains every one of some words, at least as a part of another word.
 * @param {string} text
 * @param {string} words separated by spaces
 */
export function has(text, words) {
  const plainText = plain(text);
  return plain(words).split(/\s+/u).every((word) => plainText.includes(word));
}

/**
 * Shows only the parts of a page that contain the typed words, with the headings above them.
 * @param {HTMLInputElement} field
 */
export function find(field) {
  const main = field.closest('main');
  if (!main) return;
  for (const part of all(main, '[data-missed], [data-hit]')) for (const mark of ['data-missed', 'data-hit']) part.removeAttribute(mark);
  shown.delete(field);
  const n = all(main, '[data-part]').reduce((sum, part) => sum + sift(part, field.value), 0);
  const words = field.value.trim();
  for (const said of all(main, '[data-found]')) {
    said.textContent = words ? n > 0 ? counted(said, `${n}`) : said.dataset.none ?? '' : '';
  }
}

/**
 * Goes to the next place that was found, after the last one to the first.
 * @param {HTMLInputElement} field
 */
export function next(field) {
  const main = field.closest('main');
  if (!main || !field.value.trim()) return;
  const places = all(main, '[data-hit]').filter((place) => place.checkVisibility?.() ?? true);
  if (places.length === 0) return;
  const at = (shown.get(field) ?? -1) + 1;
  shown.set(field, at);
  places[at % places.length].scrollIntoView({ block: 'center' });
  for (const said of all(main, '[data-found]')) said.textContent = counted(said, `${at % places.length + 1} / ${places.length}`);
}

/**
 * Marks the parts of an element that do not contain the words, as small as possible.
 * @param {Element} element
 * @param {string} words
 * @returns {number} how many parts are left
 */
function sift(element, words) {
  const found = has(element.textContent ?? '', words);
  element.toggleAttribute('data-missed', !found);
  if (!found) return 0;
  if (!words.trim()) return 1;
  if (!element.matches(opened)) return hit(element);
  if (element instanceof HTMLDetailsElement) element.open = true;
  const parts = [...element.children].filter((child) => !child.matches(headings));
  const n = parts.reduce((sum, part) => sum + sift(part, words), 0);
  if (n > 0) return n;
  for (const part of parts) part.removeAttribute('data-missed'); // none has all
  return hit(element);
}

/**
 * @param {HTMLElement} said
 * @param {string} n
 */
function counted(said, n) {
  return said.dataset.found?.replace('%n', n) ?? '';
}

/** @param {Element} element */
function hit(element) {
  element.setAttribute('data-hit', '');
  return 1;
}
