// The one way in which markup reaches the document. The Trusted Types policy is
// private to this module, and is fed with nothing but what has just been opened
// by its key.

import { SealError, text } from './bytes.js';
import { readContent } from './content.js';
import { openNav, openPage, navKey, pageKey } from './envelope.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./content.js').Content} Content */
/** @typedef {import('./content.js').Files} Files */
/** @typedef {Content & { nodes: DocumentFragment }} Opened */

/** @typedef {{ createHTML(html: string): string }} Policy */
/** @type {Policy} */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('portalgen', {
  createHTML: (/** @type {string} */ html) => html,
}) ?? { createHTML: (html) => html };

/** @typedef {import('./envelope.js').Page & { body: Bytes }} Sealed */

/**
 * Opens a page. Nothing of it is in the document before the caller puts it there.
 * With the page's own key, which is all that a link to one page has, what is said of
 * other pages stays closed.
 * @param {{ clientKey: CryptoKey } | { pageKey: CryptoKey }} by
 * @param {Sealed} sealed
 * @param {(path: string) => boolean} isHere tells whether a sealed path is that of this address
 * @returns {Promise<Opened>}
 */
export async function unsealPage(by, sealed, isHere) {
  const { body: sealedBody, ...page } = sealed;
  const [body, nav] = 'pageKey' in by
    ? [await openPage(by.pageKey, page, sealedBody), new Uint8Array(0)]
    : await Promise.all([
      pageKey(by.clientKey, page).then((key) => openPage(key, page, sealedBody)),
      navKey(by.clientKey, page).then((key) => openNav(key, page, page.nav)),
    ]);
  const content = readContent(body, page);
  if (!isHere(content.path)) throw new SealError('refused', 'this page belongs at another address');
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(text(nav, 'navigation') + content.html);
  return { ...content, nodes: template.content };
}
