// A page that was opened by its own link, to somebody for whom the rest of the portal
// stays closed.

import { isBelow, isHere } from './address.js';
import { make } from './dom.js';

/**
 * Prepares such a page: Lock stands above it, and what would lead to the portal's other
 * pages leads nowhere, since it would end before a gate: what is there only to lead on goes,
 * any other link becomes text.
 * @param {DocumentFragment} nodes
 * @param {string} home the path of the portal's Home
 * @param {string} lock what the button says
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
 * Makes a link plain text. Where it led is still known: a calendar tells things apart by it.
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
