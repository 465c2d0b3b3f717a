// Searches for words on the page with everything, and hides the parts without them.

import { all } from './dom.js';

const headings = 'h1, h2, h3, h4, h5, h6, summary, thead, figcaption';
const opened = 'section, div, ul, ol, table, tbody, details';

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
  for (const missed of all(main, '[data-missed]')) missed.removeAttribute('data-missed');
  const there = all(main, '[data-part]').filter((part) => sift(part, field.value));
  for (const said of all(main, '[data-found]')) said.textContent = there.length > 0 ? '' : said.dataset.found ?? '';
}

/**
 * Marks the parts of an element that do not contain the words, as small as possible.
 * @param {Element} element
 * @param {string} words
 * @returns {boolean} whether it contains them
 */
function sift(element, words) {
  const found = has(element.textContent ?? '', words);
  element.toggleAttribute('data-missed', !found);
  if (!found || !words.trim() || !element.matches(opened)) return found;
  if (element instanceof HTMLDetailsElement) element.open = true;
  const parts = [...element.children].filter((child) => !child.matches(headings));
  const kept = parts.filter((part) => sift(part, words));
  if (kept.length === 0) for (const part of parts) part.removeAttribute('data-missed'); // none has all
  return true;
}
