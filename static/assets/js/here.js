// What this published page says of itself, and the two places in it: the gate, and the one
// in which the opened page stands. One of them shows.

import { pagePath } from './envelope.js';

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
export function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

export const gate = element('gate');
export const place = element('portal');
/** What is sealed, and the address that it belongs to. */
export const attributes = element('sealed').dataset;
/** The path of the site on its host, and the two parts of the page's address below it. */
export const { prefix = '/', portal = '', token = '' } = attributes;
/** The sealed path of this page. */
export const path = pagePath({ portal, token });
/** The path of the portal's Home. */
export const home = `${prefix}${portal}/`;
