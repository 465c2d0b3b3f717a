// A page that a reader opened by its own link. The rest of the portal stays closed for this reader.

import { isBelow, isHere } from './address.js';
import { make } from './dom.js';

/**
 * Prepares such a page: adds Lock at the top, and removes links to the portal's other pages,
 * since the reader cannot open them. An element that only leads to another page is removed; any
 * other link becomes text.
 * @param {DocumentFragment} nodes
 * @param {string} home the path of the portal's Home
 * @param {string} lock the label of the button
 */
export function standAlone(nodes, home, lock) {
  for (const link of nodes.querySelectorAll('a[href^="/"]')) {
    const to = (link.getAttribute('href') ?? '').replace(/#.*/u, '');
    if (!isBelow(to, home) || isHere(to)) continue;
    const way = link.closest('[data-way]');
    if (way) way.remove();
    else closeOff(link, to);
  }
  nodes.prepend(top(lock));
}

/**
 * Makes a link plain text. Its target is kept, since the calendar uses it to tell dates apart.
 * @param {Element} link
 * @param {string} to
 */
function closeOff(link, to) {
  link.removeAttribute('href');
  if (link instanceof HTMLElement) link.dataset.to = to;
}

/** @param {string} lock */
function top(lock) {
  const button = make('button', 'button text', lock);
  button.setAttribute('type', 'button');
  button.dataset.lock = '';
  return make('header', 'top', make('div', 'top-in', button));
}
