// Finding words on a page that holds everything: what does not have them steps aside.

import { all } from './dom.js';

const headings = 'h1, h2, h3, h4, h5, h6, summary, thead, figcaption';
const opened = 'section, div, ul, ol, table, tbody, details';

/**
 * A text as words are looked for in it: case and accents make no difference.
 * @param {string} text
 */
export function plain(text) {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}

/**
 * Whether a text has every one of some words, or a part of another word for each.
 * @param {string} text
 * @param {string} words with spaces between
 */
export function has(text, words) {
  const plainText = plain(text);
  return plain(words).split(/\s+/u).every((word) => plainText.includes(word));
}

/**
 * Shows of a page only what has the words that were typed, with the headings above it.
 * @param {HTMLInputElement} field
 */
export function find(field) {
  const main = field.closest('main');
  if (!main) return;
  for (const missed of all(main, '[data-missed]')) missed.removeAttribute('data-missed');
  const there = all(main, '[data-part]').filter((part) => sift(part, field.value));
  for (const said of all(main, '[data-found]')) said.textContent = there.length > 0 ? '' : said.dataset.found ?? '';
}

/**
 * Marks what of an element does not have the words, as finely as it can be told apart.
 * @param {Element} element
 * @param {string} words
 * @returns {boolean} whether it has them
 */
function sift(element, words) {
  const found = has(element.textContent ?? '', words);
  element.toggleAttribute('data-missed', !found);
  if (!found || !words.trim() || !element.matches(opened)) return found;
  if (element instanceof HTMLDetailsElement) element.open = true;
  const parts = [...element.children].filter((child) => !child.matches(headings));
  const kept = parts.filter((part) => sift(part, words));
  if (kept.length === 0) for (const part of parts) part.removeAttribute('data-missed'); // no part has all of them
  return true;
}
