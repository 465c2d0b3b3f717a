// The one way in which markup reaches the document. The Trusted Types policy is
// private to this module, and is fed with nothing but what has just been opened
// by its key.

import { openNav, openPage, navKey, pageKey, pagePath } from './envelope.js';
import { SealError } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {Record<string, import('./files.js').Attached>} Files */
/** @typedef {{ path: string, title: string, lang: string, dir: string, html: string, files?: Files }} Content */
/** @typedef {Content & { nodes: DocumentFragment }} Opened */

/** @typedef {{ createHTML(html: string): string }} Policy */
/** @type {Policy} */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('portalgen', {
  createHTML: (/** @type {string} */ html) => html,
}) ?? { createHTML: (html) => html };

const decoder = new TextDecoder('utf-8', { fatal: true });

/** @typedef {import('./envelope.js').Page & { nav: Bytes, body: Bytes }} Sealed */

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
  const { nav: sealedNav, body: sealedBody, ...page } = sealed;
  const [body, nav] = 'pageKey' in by
    ? [await openPage(by.pageKey, page, sealedBody), new Uint8Array(0)]
    : await Promise.all([
      pageKey(by.clientKey, page).then((key) => openPage(key, page, sealedBody)),
      navKey(by.clientKey, page).then((key) => openNav(key, page, sealedNav)),
    ]);
  /** @type {Content} */
  const content = JSON.parse(decoder.decode(body));
  if (content.path !== pagePath(page) || !isHere(content.path)) {
    throw new SealError('refused', 'this page belongs at another address');
  }
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(decoder.decode(nav) + content.html);
  return { ...content, nodes: template.content };
}
