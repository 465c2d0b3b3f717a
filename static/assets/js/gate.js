// The gate: finds a key (in the address, kept on this device, or typed), opens the
// page, and closes it again on Lock.

import { isHere, takeSecret } from './address.js';
import { standAlone } from './alone.js';
import { offerAnswers } from './answer.js';
import { SealError, wipe } from './bytes.js';
import { dropFiles } from './calendar.js';
import { pagePath } from './envelope.js';
import { hkdfKey, linkRootBytes, personRootBytes } from './kdf.js';
import { forget, forgetAll, forgetSince, recall, recallSeen, remember, rememberSeen, sweep } from './keep.js';
import { relativeIn } from './moment.js';
import { bringUpToDate, markPlace, ownFirst } from './page.js';
import { tellSince } from './since.js';
import { keyOf, readSealed, unsealPage } from './unseal.js';
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
const attributes = element('sealed').dataset;
const { prefix = '/', portal = '', token = '' } = attributes;
const path = pagePath({ portal, token });
const home = `${prefix}${portal}/`;
const locks = channel();

const own = { title: document.title, lang: document.documentElement.lang, dir: document.documentElement.dir };

/** @type {Promise<void> | undefined} */
let ready;

/**
 * Has the browser look up how it tells dates. The first time that takes it longer than
 * all else here, so it is done while keys are derived elsewhere, not as the page is shown.
 */
function getReady() {
  ready ??= new Promise((done) => {
    setTimeout(() => {
      asFarAs(() => relativeIn(own.lang));
      done();
    });
  });
  return ready;
}

/** @type {typeof import('./files.js') | undefined} what hands over files, once it is needed */
let attachments;

/** Whether what is open was opened by a link to this page, and the rest of the portal is not. */
let alone = false;

/** How many times Lock was pressed, here or in another tab. What began before is void. */
let generation = 0;

/** What joins the tabs; null in a browser that has no such thing, where Lock is for one tab. */
function channel() {
  try {
    return new BroadcastChannel('portalgen');
  } catch {
    return null;
  }
}

/** @returns {() => boolean} whether Lock has not been pressed since this call */
function untilLock() {
  const mine = generation;
  return () => mine === generation;
}

/** The words of the language that the reader likes best, where there is a choice. */
function readersWords() {
  for (const like of navigator.languages ?? []) {
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
  gate.dir = strings.dir ?? '';
  for (const node of gate.querySelectorAll('[data-t]')) {
    const text = node instanceof HTMLElement && strings[node.dataset.t ?? ''];
    if (text) node.textContent = text;
  }
}

/** @param {string} why the name of a string, or '' */
function showGate(why) {
  place.replaceChildren();
  place.hidden = true;
  dropFiles();
  attachments?.endFiles();
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
 * Opens the page. What is to be kept is kept before anything shows, so that whoever
 * goes on at once is not asked again. Nothing of the page is in the document until
 * all of it is open.
 * @param {CryptoKey} root
 * @param {Holder} holder
 * @param {() => boolean} wanted false once Lock was pressed: then nothing opens
 * @param {() => Promise<void>} [keepRoot]
 */
async function open(root, holder, wanted, keepRoot) {
  const past = recallSeen(portal).catch(() => undefined); // read while the page is opened
  const isReady = getReady();
  const sealed = readSealed(attributes);
  const { by, person } = await keyOf(sealed, root, holder);
  const page = await unsealPage(by, sealed, (at) => isHere(prefix + at));
  alone = 'pageKey' in by;
  if (alone) standAlone(page.nodes, home, (words[page.lang] ?? words[page.lang.split('-')[0]] ?? strings).gate_lock ?? '');
  if (wanted()) await keepRoot?.();
  const [seen] = await Promise.all([past, isReady]);
  const visits = await show(page, person, seen, wanted);
  if (visits) void rememberSeen(portal, visits).catch(() => undefined);
}

/** Lets the browser do what is waiting, such as a key that was pressed. */
const pause = () => new Promise((done) => void setTimeout(done));

/**
 * Puts a page in its place, one part of the work after the other, and shows it when all
 * is done.
 * @param {import('./unseal.js').Opened} page
 * @param {string} person
 * @param {import('./since.js').Visits | undefined} past
 * @param {() => boolean} wanted
 * @returns {Promise<import('./since.js').Visits | null>} what the reader has seen by now
 */
async function show(page, person, past, wanted) {
  await pause();
  if (!wanted()) return null;
  place.lang = page.lang;
  place.dir = page.dir;
  attachments?.endFiles(); // of the page that was open by its own link, if one was
  place.replaceChildren(page.nodes);
  const visits = asFarAs(() => {
    markPlace(place);
    ownFirst(place, person);
    return tellSince(place, past, Date.now());
  });
  await pause();
  if (!wanted()) return null;
  asFarAs(() => bringUpToDate(place, home));
  asFarAs(() => offerAnswers(place));
  await pause();
  if (!wanted()) return null;
  document.title = page.title;
  document.documentElement.lang = page.lang;
  document.documentElement.dir = page.dir;
  if (page.files) void handOver(page.files);
  place.querySelector('[data-lock]')?.addEventListener('click', () => void lock());
  place.hidden = false;
  document.body.dataset.state = 'open';
  goToAnchor();
  fields.disabled = false;
  say('');
  passphrase.value = '';
  return visits;
}

/**
 * Goes to the place that the address names: what was not there when the address was opened is
 * no target for the browser.
 */
function goToAnchor() {
  if (location.hash.length > 1) location.replace(location.href);
}

/**
 * Hands over the files of an open page. What it takes is only loaded where there are any.
 * @param {import('./unseal.js').Files} files
 */
async function handOver(files) {
  const isOpen = untilLock();
  const main = place.querySelector('main');
  const wanted = () => isOpen() && main === place.querySelector('main');
  try {
    attachments = await import('./files.js');
    if (wanted()) await attachments.offerFiles(place, files, { prefix, portal });
  } catch (error) {
    console.error(error); // the page is there without them
    if (wanted()) withoutFiles();
  }
}

/** Says where files would be handed over that they cannot be. */
function withoutFiles() {
  for (const file of place.querySelectorAll('.file')) {
    const status = file.querySelector('[role=status]');
    if (file instanceof HTMLElement && status) status.textContent = file.dataset.failed ?? '';
  }
}

/**
 * What comes of something that a page can do without: where it fails, the page is as
 * it was built.
 * @template T
 * @param {() => T} act
 */
function asFarAs(act) {
  try {
    return act();
  } catch (error) {
    console.error(error);
    return null;
  }
}

/**
 * Under which name a root is kept. That of a link to one page has a name of its own,
 * so that it neither takes the place of what opens the portal nor is tried elsewhere.
 * @param {Holder} holder
 */
const keptAs = (holder) => (holder === 'page-link' ? path : portal);

/**
 * What is kept on this device that may open this page.
 * @param {number} [limit] how long the store may take to open, in milliseconds
 */
async function recallHere(limit) {
  return await recall(portal, limit).catch(() => null) ?? await recall(path, limit).catch(() => null);
}

/**
 * Keeps a root as well as this browser lets it: whoever cannot be remembered is
 * asked again, and that is all.
 * @param {Bytes} root wiped when done
 * @param {Holder} holder
 * @param {number} days
 * @param {() => boolean} wanted
 */
async function keepRoot(root, holder, days, wanted) {
  await remember(keptAs(holder), root, holder, days, wanted).catch(() => undefined);
}

/** @param {unknown} error */
function reason(error) {
  return error instanceof SealError && error.code === 'no-slot' ? 'gate_wrong' : 'gate_broken';
}

function close() {
  generation++;
  passphrase.value = '';
  showGate('gate_locked');
}

/** Hides first: what is in the store may take its time to go. */
function lock() {
  close();
  passphrase.focus();
  locks?.postMessage(Date.now());
  return forgetAll();
}

/** @param {string} secret */
function linkRootOf(secret) {
  try {
    return linkRootBytes(secret);
  } catch {
    return null; // cut off, or never a secret: the page is not to blame
  }
}

/**
 * @param {string | null} secret
 * @param {Holder} holder what the link is tried as
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null where the page is open, else what to say
 */
async function openByLink(secret, holder, wanted) {
  if (secret === null) return '';
  const root = linkRootOf(secret);
  if (!root) return 'gate_link_dead';
  try {
    await open(await hkdfKey(root.slice()), holder, wanted, () => keepRoot(root, holder, linkDays, wanted));
    return null;
  } catch (error) {
    return reason(error) === 'gate_wrong' ? 'gate_link_dead' : 'gate_broken';
  } finally {
    wipe(root);
  }
}

/**
 * @param {string} name under which it may be kept
 * @param {() => boolean} wanted
 * @returns {Promise<string | null>} null where the page is open, else what to say
 */
async function openByWhatIsKept(name, wanted) {
  const kept = await recall(name).catch(() => null);
  if (!kept || !wanted()) return '';
  try {
    await open(kept.root, kept.holder, wanted);
    return null;
  } catch (error) {
    // Someone whose access has ended meets the gate; a page that came damaged says so.
    if (reason(error) !== 'gate_wrong') return 'gate_broken';
    await forget(name).catch(() => undefined);
    return '';
  }
}

/**
 * Opens by what reaches furthest: what is kept for the portal, else a link to it, then
 * what is kept for this page, else a link to that. A link must not take the place of a
 * person, whose own turn would be lost, nor lengthen what was chosen.
 * @param {string | null} secret of a link
 * @param {() => boolean} wanted
 */
async function openIfPossible(secret, wanted) {
  let why = '';
  for (const attempt of [
    () => openByWhatIsKept(portal, wanted),
    () => openByLink(secret, 'link', wanted),
    () => openByWhatIsKept(path, wanted),
    () => openByLink(secret, 'page-link', wanted),
  ]) {
    const said = await attempt();
    if (said === null || !wanted()) return;
    if (why !== 'gate_broken') why = said || why;
  }
  showGate(why);
}

/**
 * Opens by what is kept where the store was so slow that the gate is shown by now, unless
 * somebody has begun to type.
 * @param {() => boolean} wanted
 */
async function openLate(wanted) {
  const kept = await recallHere(Infinity);
  const untouched = document.body.dataset.state === 'locked' && !fields.disabled && passphrase.value === '';
  if (kept && untouched && wanted()) await open(kept.root, kept.holder, wanted).catch(() => undefined);
}

form.addEventListener('submit', async (event) => {
  event.preventDefault();
  fields.disabled = true;
  say('gate_opening');
  const wanted = untilLock();
  try {
    void getReady();
    const { block } = readSealed(attributes);
    const root = await personRootBytes(passphrase.value, block);
    const days = Number(keep.value);
    await open(await hkdfKey(root.slice()), 'person', wanted, () => keepRoot(root, 'person', days, wanted));
    wipe(root);
    if (wanted()) document.getElementById('main')?.focus({ preventScroll: true });
  } catch (error) {
    if (!wanted()) return;
    showGate(reason(error));
    passphrase.focus();
    passphrase.select();
  }
});

// A page that leaves is hidden, so that one which comes back from the back-forward
// cache after a Lock shows nothing before it has been looked up that it may.
addEventListener('pagehide', () => {
  dropFiles();
  if (document.body.dataset.state === 'open') document.body.dataset.state = 'waiting';
});
addEventListener('pageshow', async (event) => {
  if (!event.persisted) return;
  generation++; // a page in the cache does not hear of a Lock, so what it was about is void
  const wanted = untilLock();
  if (document.body.dataset.state === 'locked' && fields.disabled) showGate('');
  if (document.body.dataset.state !== 'waiting') return;
  const kept = await recallHere();
  if (!wanted()) return;
  if (!kept) {
    showGate('gate_locked');
    return void openLate(wanted);
  }
  asFarAs(() => bringUpToDate(place, home));
  document.body.dataset.state = 'open';
});
// A page may stay open over days.
document.addEventListener('visibilitychange', () => {
  if (!document.hidden && document.body.dataset.state === 'open') asFarAs(() => bringUpToDate(place, home));
});

async function start() {
  speakReadersLanguage();
  if (window.top !== window.self) return refuse('gate_framed');
  if (!isSecureContext || !globalThis.crypto?.subtle) return refuse('gate_https');
  if (!('DecompressionStream' in globalThis)) return refuse('gate_old_browser');
  locks?.addEventListener('message', (event) => {
    close();
    void forgetSince(event.data);
  });
  // Someone pastes a link into a page that is there already. One that opens no more than is
  // open changes nothing.
  addEventListener('hashchange', async () => {
    const pasted = takeSecret();
    if (pasted === null) return;
    if (document.body.dataset.state !== 'open') await openIfPossible(pasted, untilLock());
    else if (alone) await openByLink(pasted, 'link', untilLock());
  });
  const wanted = untilLock();
  const secret = takeSecret();
  await sweep().catch(() => undefined); // without a store nothing is kept either
  await openIfPossible(secret, wanted);
  if (document.body.dataset.state === 'locked') void openLate(wanted);
}

await start().catch((error) => {
  console.error(error);
  showGate('');
});
