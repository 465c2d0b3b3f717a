// The one way in which markup reaches the document. The Trusted Types policy is
// private to this module, and is fed with nothing but what has just been opened
// by its key.

import { openNav, openPage, navKey, pageKey, pagePath } from './envelope.js';
import { SealError } from './bytes.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {{ path: string, title: string, lang: string, dir: string, html: string }} Content */
/** @typedef {Content & { nodes: DocumentFragment }} Opened */

/** @typedef {{ createHTML(html: string): string }} Policy */
/** @type {Policy} */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('portalgen', {
  createHTML: (/** @type {string} */ html) => html,
}) ?? { createHTML: (html) => html };

const decoder = new TextDecoder('utf-8', { fatal: true });

/**
 * Opens a page. Nothing of it is in the document before the caller puts it there.
 * @param {CryptoKey} clientKey
 * @param {{ portal: string, token: string, epochToken: Bytes, nav: Bytes, body: Bytes }} sealed
 * @param {(path: string) => boolean} isHere tells whether a sealed path is that of this address
 * @returns {Promise<Opened>}
 */
export async function unsealPage(clientKey, sealed, isHere) {
  const page = { portal: sealed.portal, token: sealed.token, epochToken: sealed.epochToken };
  const [body, nav] = await Promise.all([
    pageKey(clientKey, page).then((key) => openPage(key, page, sealed.body)),
    navKey(clientKey, page).then((key) => openNav(key, page, sealed.nav)),
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
