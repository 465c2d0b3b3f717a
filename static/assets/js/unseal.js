// The only way in which markup enters the document. The Trusted Types policy is private to this
// module. Its only input is HTML that was just opened with its key.

import { SealError, fromBase64, text } from './bytes.js';
import { readContent } from './content.js';
import { openNav, openPage, navKey, pageKey, pagePath } from './envelope.js';
import { openPageSlot, openSlot, parseLinkTokens, parseSlots } from './slots.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./content.js').Content} Content */
/** @typedef {import('./content.js').Files} Files */
/** @typedef {Content & { nodes: DocumentFragment }} Opened */

/** @typedef {{ createHTML(html: string): string }} Policy */
/** @type {Policy} */
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('portalgen', {
  createHTML: (/** @type {string} */ html) => html,
}) ?? { createHTML: (html) => html };

/** @typedef {import('./slots.js').Slots} Slots */
/** @typedef {import('./envelope.js').Page & { body: Bytes, block: Slots, ownBlock: Slots | null }} Sealed */
/** @typedef {{ clientKey: CryptoKey } | { pageKey: CryptoKey }} By */

/**
 * Reads the attributes of a published page, and checks their form as far as this is possible
 * without a key.
 * @param {Record<string, string | undefined>} attributes by their names without data-, as in dataset
 * @returns {Sealed}
 */
export function readSealed({ prefix, portal, token, slots, links, linkSlots, nav, body }) {
  if (!prefix || !portal || token === undefined || !slots || !nav || !body || !links !== !linkSlots) {
    throw new SealError('format', 'attribute missing');
  }
  const sealed = {
    portal, token, slots: fromBase64(slots), links: fromBase64(links ?? ''),
    linkSlots: fromBase64(linkSlots ?? ''), nav: fromBase64(nav), body: fromBase64(body),
  };
  return {
    ...sealed,
    links: parseLinkTokens(sealed.links),
    block: parseSlots(sealed.slots),
    ownBlock: linkSlots ? parseSlots(sealed.linkSlots) : null,
  };
}

/**
 * The key that a root opens at a page: the client's key or, for a link to this page, the page's
 * key.
 * @param {Sealed} sealed
 * @param {CryptoKey} root
 * @param {import('./keep.js').Holder} holder
 * @returns {Promise<{ by: By, person: string }>}
 */
export async function keyOf(sealed, root, holder) {
  const { portal, block, ownBlock } = sealed;
  if (holder !== 'page-link') {
    const { clientKey, person } = await openSlot(block, root, { portal, holder });
    return { by: { clientKey }, person };
  }
  if (!ownBlock) throw new SealError('no-slot', 'this page has no links of its own');
  return { by: { pageKey: await openPageSlot(ownBlock, root, { portal, path: pagePath(sealed) }) }, person: '' };
}

/**
 * Opens a page. The caller puts it into the document. With only the page's key, from a link to
 * this page, the navigation stays closed. Navigation is opened first, so if both are damaged, its
 * error is thrown.
 * @param {By} by
 * @param {Sealed} sealed
 * @param {(path: string) => boolean} isHere whether a sealed path is the path of this address
 * @returns {Promise<Opened>}
 */
export async function unsealPage(by, sealed, isHere) {
  const nav = 'pageKey' in by ? ''
    : text(await openNav(await navKey(by.clientKey, sealed), sealed, sealed.nav), 'navigation');
  const key = 'pageKey' in by ? by.pageKey : await pageKey(by.clientKey, sealed);
  const content = readContent(await openPage(key, sealed, sealed.body), sealed);
  if (!isHere(content.path)) throw new SealError('refused', 'this page belongs at another address');
  const template = document.createElement('template');
  template.innerHTML = policy.createHTML(nav + content.html);
  return { ...content, nodes: template.content };
}
