// Opens every vector with the modules that readers get. Each function returns a list of mistakes.

import { isAt, takeSecret } from '/js/address.js';
import { attachmentPath, openAttachment } from '/js/attachment.js';
import { fromBase64, utf8 } from '/js/bytes.js';
import { readContent } from '/js/content.js';
import { navKey, openNav, openPage, padded, pageKey, pagePath } from '/js/envelope.js';
import { deriveBytes, hkdfKey, linkRoot, normalizePassphrase, personRoot } from '/js/kdf.js';
import { openPageSlot, openSlot, parseLinkTokens, parseSlots } from '/js/slots.js';
import { keyOf, readSealed, unsealPage } from '/js/unseal.js';

const unhex = (text) => Uint8Array.from(text.match(/../g) ?? [], (h) => parseInt(h, 16));
const hex = (bytes) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('');
const token = async (key) => hex(await deriveBytes(key, 16, 'epoch-token'));

/** Runs one vector. Returns its result, or the code of the error it throws. */
async function outcome(run) {
  try {
    return await run();
  } catch (e) {
    return { error: e.name === 'SealError' ? e.code : String(e) };
  }
}

async function collect(vectors, run) {
  const wrong = [];
  for (const v of vectors) {
    const { error = '', ...got } = await outcome(() => run(v));
    if (error !== (v.error ?? '')) wrong.push(`${v.name}: got "${error}", want "${v.error ?? ''}"`);
    else if (!v.error) {
      for (const [key, value] of Object.entries(got)) {
        if (value !== (v[key] ?? '')) wrong.push(`${v.name}: ${key} is ${value}, want ${v[key]}`);
      }
    }
  }
  return wrong;
}

async function openSlotVector(v) {
  const slots = parseSlots(fromBase64(v.block ?? ''));
  const root = await hkdfKey(unhex(v.root));
  if (v.holder === 'page-link') {
    return { token_of_key: await token(await openPageSlot(slots, root, { portal: v.portal, path: v.path })) };
  }
  const { clientKey, person } = await openSlot(slots, root, { portal: v.portal, holder: v.holder });
  if (clientKey.extractable) throw new Error('the key can be read back');
  return { token_of_key: await token(clientKey), person };
}

async function openEnvelopeVector(v) {
  const page = {
    portal: v.portal,
    token: v.token,
    slots: fromBase64(v.slots),
    links: (v.links ?? []).map(unhex),
    linkSlots: fromBase64(v.link_slots ?? ''),
    nav: fromBase64(v.nav ?? ''),
  };
  const envelope = fromBase64(v.envelope ?? '');
  const given = await hkdfKey(unhex(v.client_key ?? v.page_key));
  let content;
  if (v.kind === 'nav') content = await openNav(await navKey(given, page), page, envelope);
  else content = await openPage(v.page_key ? given : await pageKey(given, page), page, envelope);
  return { length: content.length, sha256: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', content))) };
}

async function openFileVector(v) {
  const key = await hkdfKey(unhex(v.file_key));
  const sealed = fromBase64(v.file ?? '');
  // Like a network, this delivers parts that do not match the chunks.
  const stream = new ReadableStream({
    start(controller) {
      for (let at = 0; at < sealed.length; at += 30_011) controller.enqueue(sealed.slice(at, at + 30_011));
      controller.close();
    },
  });
  const parts = [];
  for await (const part of openAttachment(key, v.portal, stream)) parts.push(part);
  const content = new Uint8Array(await new Blob(parts).arrayBuffer());
  const found = { length: content.length, sha256: hex(new Uint8Array(await crypto.subtle.digest('SHA-256', content))) };
  return { ...found, path: await attachmentPath(key, v.portal) };
}

/** A page as readers get it. v has only the attributes that differ from the first page. */
function openPageVector(first) {
  return async (v) => {
    const attributes = Object.fromEntries(Object.entries({ ...first.attributes, ...v.attributes })
      .map(([name, value]) => [name.slice(5).replace(/-(.)/gu, (_, c) => c.toUpperCase()), value ?? undefined]));
    const sealed = readSealed(attributes);
    const root = await hkdfKey(unhex(v.root));
    const { by, person } = await keyOf(sealed, root, v.holder).catch((e) => {
      if (v.holder !== 'link' || e.code !== 'no-slot') throw e;
      return keyOf(sealed, root, 'page-link');
    });
    const page = await unsealPage(by, sealed, (path) => isAt(attributes.prefix + path, v.address));
    if (page.nodes.lastElementChild?.outerHTML !== page.html) throw new Error('the page holds something else');
    return { person, nav: page.nodes.querySelector('nav')?.outerHTML ?? '', title: page.title };
  };
}

/** Reads the secret from the address. No part of it may stay there. */
function takeFragment(v) {
  history.replaceState(null, '', `#${v.fragment}`);
  const secret = takeSecret();
  if (secret !== null && location.hash !== '') throw new Error('the secret is still in the address');
  return { is_link: secret !== null, secret: secret ?? '' };
}

async function readBodyVector(v) {
  const { files, ...content } = readContent(v.bytes ? fromBase64(v.bytes) : utf8(v.text ?? ''), { portal: 'p', token: 't' });
  if (Object.keys(content).join() !== 'path,title,lang,dir,html') throw new Error(Object.keys(content).join());
  return { title: content.title, files: Object.keys(files ?? {}).length };
}

export async function run() {
  const v = await (await fetch('/vectors.json')).json();
  const named = (list, key) => list.map((x) => ({ ...x, name: JSON.stringify(x[key]) }));
  const wrong = [
    ...await collect(named(v.normalization, 'typed'), (n) => ({ normal: normalizePassphrase(n.typed) })),
    ...await collect(named(v.links, 'secret'), async (l) => {
      const root = await linkRoot(l.secret);
      const same = await token(root) === await token(await hkdfKey(unhex(l.root)));
      return same ? {} : { root: 'another' };
    }),
    ...await collect(named(v.person_roots, 'passphrase'), async (r) => {
      const root = await personRoot(r.passphrase, { kdf: 1, salt: unhex(r.salt) });
      const same = await token(root) === await token(await hkdfKey(unhex(r.root)));
      return same && !root.extractable ? {} : { root: 'another' };
    }),
    ...await collect(named(v.link_tokens, 'list'), async (l) => ({ count: parseLinkTokens(unhex(l.list)).length })),
    ...await collect(named(v.fragments, 'fragment'), takeFragment),
    ...await collect(v.bodies, readBodyVector),
    ...await collect(v.slots, openSlotVector),
    ...await collect(v.envelopes, openEnvelopeVector),
    ...await collect(v.files, openFileVector),
    ...await collect(v.pages, openPageVector(v.pages[0])),
    ...await collect([{ name: 'a derivation that is not in the table', error: 'kdf' }],
      () => personRoot('x', { kdf: 2, salt: new Uint8Array(16) })),
  ];
  const ran = Object.values(v).reduce((n, list) => n + (Array.isArray(list) ? list.length : 0), 0);
  return { ran, wrong };
}

/** Compares the normal form of each code point with Go's. */
export async function runCodePoints() {
  const lines = (await (await fetch('/codepoints')).json());
  const wrong = lines.filter(([typed, normal]) => normalizePassphrase(typed) !== normal);
  return { ran: lines.length, wrong: wrong.slice(0, 20).map((w) => JSON.stringify(w)) };
}

/** Compares padded lengths with Go's, as pairs of numbers. */
export async function runPadding() {
  const pairs = await (await fetch('/padding')).json();
  const wrong = pairs.filter(([n, want]) => padded(n) !== want);
  return { ran: pairs.length, wrong: wrong.slice(0, 20).map((w) => JSON.stringify(w)) };
}

/** Returns the median time to open one page when the key is already there, in milliseconds. */
export async function timeOpening(rounds) {
  const v = (await (await fetch('/vectors.json')).json()).envelopes.find((e) => e.name === 'over 4 KiB');
  const page = { portal: v.portal, token: v.token, slots: fromBase64(v.slots), nav: fromBase64(v.nav) };
  const envelope = fromBase64(v.envelope);
  const clientKey = await hkdfKey(unhex(v.client_key));
  const times = [];
  for (let i = 0; i < rounds; i++) {
    const start = performance.now();
    await openPage(await pageKey(clientKey, page), page, envelope);
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[Math.floor(rounds / 2)];
}

export const paths = [pagePath({ portal: 'p', token: '' }), pagePath({ portal: 'p', token: 't' }), utf8('p').length];
