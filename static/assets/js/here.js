// The data of this published page, and its two places: the gate and the opened page. Only one of
// them is visible.

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
/** The sealed bytes and their address. */
export const attributes = element('sealed').dataset;
/** The path of the site on its host, and the two parts of the page's address below it. */
export const { prefix = '/', portal = '', token = '' } = attributes;
/** The sealed path of this page. */
export const path = pagePath({ portal, token });
/** The path of the portal's Home. */
export const home = `${prefix}${portal}/`;
