// Which of the two shows, the gate or the page: puts a page in its place, brings it up to
// date, and takes it away again.

import { dropFiles } from './calendar.js';
import { all, make } from './dom.js';
import { forgetLink } from './elsewhere.js';
import { ask, askNothing, clear, say, speak, wordIn } from './form.js';
import { gate, home, place, portal, prefix } from './here.js';
import { untilLock } from './lock.js';
import { bringUpToDate, markPlace } from './page.js';
import { tellSince } from './since.js';
import { ownFirst } from './turns.js';

/** @typedef {import('./since.js').Visits} Visits */

const own = { title: document.title, lang: document.documentElement.lang, dir: document.documentElement.dir };

/** @type {typeof import('./files.js') | undefined} what hands over files, once it is needed */
let attachments;

/** @param {'locked' | 'open' | 'waiting'} state of what the reader sees; waiting shows neither */
function setState(state) {
  document.body.dataset.state = state;
}

/** @param {'locked' | 'open' | 'waiting'} state */
export const isState = (state) => document.body.dataset.state === state;

/** @param {{ title: string, lang: string, dir: string }} of what the document is now */
function nameDocument({ title, lang, dir }) {
  document.title = title;
  document.documentElement.lang = lang;
  document.documentElement.dir = dir;
}

/** @param {string} why the name of a string, or '' */
export function showGate(why) {
  place.replaceChildren();
  place.hidden = true;
  gate.hidden = false;
  dropFiles();
  forgetLink();
  attachments?.endFiles();
  nameDocument(own);
  setState('locked');
  ask();
  say(why);
}

/** @param {string} why the name of a string */
export function refuse(why) {
  showGate(why);
  askNothing();
}

/** Lets the browser do what is waiting, such as a key that was pressed. */
const pause = () => new Promise((done) => void setTimeout(done));

/**
 * Puts a page in its place, one part of the work after the other, and shows it when all
 * is done.
 * @param {import('./unseal.js').Opened} page
 * @param {import('./answer.js').Reader} reader
 * @param {Visits | undefined} past
 * @param {() => boolean} wanted
 * @returns {Promise<Visits | null>} what the reader has seen by now
 */
export async function showPage(page, reader, past, wanted) {
  await pause();
  if (!wanted()) return null;
  place.lang = page.lang;
  place.dir = page.dir;
  attachments?.endFiles(); // of the page that was open by its own link, if one was
  place.replaceChildren(page.nodes);
  const visits = asFarAs(() => {
    markPlace(place);
    ownFirst(place, reader.person);
    return tellSince(place, past, Date.now());
  });
  await pause();
  if (!wanted()) return null;
  refresh();
  void takeAnswers(reader);
  await pause();
  if (!wanted()) return null;
  nameDocument(page);
  if (page.files) void handOver(page.files);
  place.hidden = false;
  gate.hidden = true;
  speak(page.lang);
  setState('open');
  goToAnchor();
  ask();
  say('');
  clear();
  return visits;
}

/** Brings the page up to this moment. */
function refresh() {
  asFarAs(() => bringUpToDate(place, home));
}

/** Brings an open page up to this moment. It may stay open over days. */
export function refreshIfOpen() {
  if (isState('open')) refresh();
}

/** Hides a page that is left, until it is known whether it may show again. */
export function leave() {
  dropFiles();
  if (isState('open')) setState('waiting');
}

/** Shows a page again that was left open. */
export function comeBack() {
  refresh();
  setState('open');
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
  const wanted = whileOpen();
  try {
    attachments = await import('./files.js');
    if (wanted()) await attachments.offerFiles(place, files, { prefix, portal });
  } catch (error) {
    console.error(error); // the page is there without them
    if (wanted()) withoutFiles();
  }
}

/**
 * Has the forms of an open page do what they say. What it takes is only loaded where there are any.
 * @param {import('./answer.js').Reader} reader
 */
async function takeAnswers(reader) {
  if (!place.querySelector('form[data-answer], [data-asking]')) return;
  const wanted = whileOpen();
  try {
    const { offerAnswers } = await import('./answer.js');
    if (wanted()) await offerAnswers(place, reader, wanted);
  } catch (error) {
    console.error(error);
    if (wanted()) all(place, 'form[data-answer]').forEach(mailAlone);
  }
}

/** @returns {() => boolean} whether the page that is open now still is */
function whileOpen() {
  const isOpen = untilLock();
  const main = place.querySelector('main');
  return () => isOpen() && main === place.querySelector('main');
}

/**
 * Makes a form, which nothing is there to read, a link that begins a mail.
 * @param {HTMLElement} form
 */
function mailAlone(form) {
  const [fields] = all(form, '[data-fields]');
  const { to = '' } = place.querySelector('main')?.dataset ?? {};
  const link = make('a', 'button', wordIn('send', place.lang));
  link.setAttribute('href', `mailto:${encodeURIComponent(to).replace('%40', '@')}?subject=${encodeURIComponent(form.dataset.subject ?? '')}`);
  fields?.replaceWith(...(to ? [link] : []));
}

/** Says where files would be handed over that they cannot be. */
function withoutFiles() {
  for (const file of place.querySelectorAll('[data-file-item]')) {
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
export function asFarAs(act) {
  try {
    return act();
  } catch (error) {
    console.error(error);
    return null;
  }
}
