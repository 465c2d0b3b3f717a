// The gate: finds a key (in the address, kept on this device, or typed), opens the
// page, and closes it again on Lock.

import { SealError, fromBase64 } from './bytes.js';
import { hkdfKey, linkRootBytes, personRootBytes } from './kdf.js';
import { forget, forgetAll, recall, remember, sweep } from './keep.js';
import { bringUpToDate } from './page.js';
import { openSlot, parseSlots } from './slots.js';
import { unsealInto } from './unseal.js';
import { words } from './words.js';

/** @typedef {import('./bytes.js').Bytes} Bytes */
/** @typedef {import('./keep.js').Holder} Holder */

/** For how many days a portal link keeps the portal open. */
const linkDays = 90;

/**
 * @param {string} id
 * @returns {HTMLElement}
 */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element ${id}`);
  return found;
}

const gate = element('gate');
const place = element('portal');
const said = element('said');
const form = /** @type {HTMLFormElement} */ (element('unlock'));
const fields = /** @type {HTMLFieldSetElement} */ (form.querySelector('fieldset'));
const passphrase = /** @type {HTMLInputElement} */ (element('passphrase'));
const keep = /** @type {HTMLSelectElement} */ (element('keep'));
const { prefix = '/', portal = '', token = '', slots = '', nav = '', body = '' } = element('sealed').dataset;
const locks = new BroadcastChannel('portalgen');

const own = { title: document.title, lang: document.documentElement.lang, dir: document.documentElement.dir };

/** The words of the language that the reader likes best, where there is a choice. */
function readersWords() {
  for (const like of navigator.languages) {
    for (const lang of [like, like.split('-')[0]]) {
      if (words[lang]) return { lang, strings: words[lang] };
    }
  }
  return { lang: own.lang, strings: words[own.lang] ?? {} };
}
const { lang, strings } = readersWords();

/** @param {string} name of a string; '' says nothing */
function say(name) {
  said.textContent = name && (strings[name] ?? name);
}

function speakReadersLanguage() {
  gate.lang = lang;
  for (const node of gate.querySelectorAll('[data-t]')) {
    const text = node instanceof HTMLElement && strings[node.dataset.t ?? ''];
    if (text) node.textContent = text;
  }
}

/** @param {string} why the name of a string, or '' */
function showGate(why) {
  place.replaceChildren();
  place.hidden = true;
  document.title = own.title;
  document.documentElement.lang = own.lang;
  document.documentElement.dir = own.dir;
  document.body.dataset.state = 'locked';
  fields.disabled = false;
  say(why);
}

/** @param {string} why the name of a string */
function refuse(why) {
  showGate(why);
  form.hidden = true;
}

/**
 * Whether a sealed path is that of this address.
 * @param {string} path
 */
function isHere(path) {
  const here = location.pathname.replace(/index\.html$/u, '');
  return here.replace(/\/?$/u, '/') === prefix + path;
}

/**
 * Opens the page. What is to be kept is kept before anything shows, so that whoever
 * goes on at once is not asked again.
 * @param {CryptoKey} root
 * @param {Holder} holder
 * @param {() => Promise<void>} [keepRoot]
 */
async function open(root, holder, keepRoot) {
  const block = parseSlots(fromBase64(slots));
  const { clientKey, person } = await openSlot(block, root, { portal, holder });
  const sealed = { portal, token, epochToken: block.epochToken, nav: fromBase64(nav), body: fromBase64(body) };
  const content = await unsealInto(clientKey, sealed, place, isHere);
  await keepRoot?.();
  document.title = content.title;
  document.documentElement.lang = content.lang;
  document.documentElement.dir = content.dir;
  bringUpToDate(place, person);
  place.querySelector('[data-lock]')?.addEventListener('click', () => void lock());
  place.hidden = false;
  document.body.dataset.state = 'open';
  say('');
  passphrase.value = '';
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof SealError && error.code === 'no-slot' ? 'gate_wrong' : 'gate_broken';
}

async function lock() {
  await forgetAll();
  locks.postMessage('lock');
  showGate('gate_locked');
  passphrase.focus();
}

/** The secret of a link, taken out of the address so that it is not shown or shared. */
function takeFragment() {
  const found = /^#k=([\w-]+)$/u.exec(location.hash);
  if (!found) return '';
  history.replaceState(history.state, '', location.pathname + location.search);
  return found[1];
}

/**
 * @param {string} secret
 * @returns {Promise<string | null>} null where the page is open, else what to say
 */
async function openByLink(secret) {
  try {
    const root = linkRootBytes(secret);
    await open(await hkdfKey(root.slice()), 'link', () => remember(portal, root, 'link', linkDays));
    return null;
  } catch (error) {
    return reason(error) === 'gate_wrong' ? 'gate_link_dead' : 'gate_broken';
  }
}

/** @returns {Promise<string | null>} null where the page is open, else what to say */
async function openByWhatIsKept() {
  const kept = await recall(portal);
  if (!kept) return '';
  try {
    await open(kept.root, kept.holder);
    return null;
  } catch (error) {
    // Someone whose access has ended meets the gate; a page that came damaged says so.
    if (reason(error) !== 'gate_wrong') return 'gate_broken';
    await forget(portal);
    return '';
  }
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  fields.disabled = true;
  say('gate_opening');
  try {
    const block = parseSlots(fromBase64(slots));
    const root = await personRootBytes(passphrase.value, block);
    const days = Number(keep.value);
    await open(await hkdfKey(root.slice()), 'person', () => remember(portal, root, 'person', days));
    element('main').focus({ preventScroll: true });
  } catch (error) {
    fields.disabled = false;
    say(reason(error));
    passphrase.focus();
    passphrase.select();
  }
});

locks.addEventListener('message', () => showGate('gate_locked'));

// A page that leaves is hidden, so that one which comes back from the back-forward
// cache after a Lock shows nothing before it has been looked up that it may.
addEventListener('pagehide', () => {
  if (document.body.dataset.state === 'open') document.body.dataset.state = 'waiting';
});
addEventListener('pageshow', async (event) => {
  if (!event.persisted || document.body.dataset.state !== 'waiting') return;
  if (await recall(portal)) document.body.dataset.state = 'open';
  else showGate('gate_locked');
});

async function start() {
  speakReadersLanguage();
  if (window.top !== window.self) return refuse('gate_framed');
  if (!isSecureContext || !globalThis.crypto?.subtle) return refuse('gate_https');
  if (!('DecompressionStream' in globalThis)) return refuse('gate_old_browser');
  await sweep().catch(() => undefined); // without a store nothing is kept either
  const secret = takeFragment();
  const ofLink = secret ? await openByLink(secret) : '';
  const why = ofLink === null ? null : await openByWhatIsKept();
  if (why !== null) showGate(ofLink || why);
  return undefined;
}

addEventListener('hashchange', async () => {
  const secret = takeFragment();
  const why = secret ? await openByLink(secret) : null;
  if (why !== null) showGate(why);
});

await start();
