// Shows either the gate or the page: puts a page into its place, updates it, and removes it again.

import { dropFiles } from './calendar.js';
import { all, make } from './dom.js';
import { forgetLink } from './elsewhere.js';
import { ask, askNothing, clear, say, speak, wordIn } from './form.js';
import { gate, home, place, portal, prefix } from './here.js';
import { untilLock } from './lock.js';
import { bringUpToDate, markPlace, present } from './page.js';
import { tellSince } from './since.js';
import { ownFirst, turnsAgain } from './turns.js';
import { readWritten, sentIn } from './written.js';

/** @typedef {import('./since.js').Visits} Visits */
/** @typedef {import('./written.js').Written} Written */

const own = { title: document.title, lang: document.documentElement.lang, dir: document.documentElement.dir };

/** What the document is called while the gate stands, in the language that the gate speaks. */
const locked = () => ({ title: own.title, lang: gate.lang || own.lang, dir: gate.dir || own.dir });

/** @type {typeof import('./files.js') | undefined} loaded only when a page has files */
let attachments;

/** The day that the open page shows, and what looks at its turns again. */
let shownDay = '';
let lookAtTurns = async () => {};

/** @param {'locked' | 'open' | 'waiting'} state waiting shows neither gate nor page */
function setState(state) {
  document.body.dataset.state = state;
}

/** @param {'locked' | 'open' | 'waiting'} state */
export const isState = (state) => document.body.dataset.state === state;

/**
 * @param {{ title: string, lang: string, dir: string }} of the title, language and direction to
 * set
 */
function nameDocument({ title, lang, dir }) {
  document.title = title;
  document.documentElement.lang = lang;
  document.documentElement.dir = dir;
}

/** @param {string} why the name of a message, or '' */
export function showGate(why) {
  place.replaceChildren();
  place.hidden = true;
  gate.hidden = false;
  dropFiles();
  forgetLink();
  attachments?.endFiles();
  nameDocument(locked());
  setState('locked');
  ask();
  say(why);
}

/** @param {string} why the name of a message */
export function refuse(why) {
  showGate(why);
  askNothing();
}

/** Lets the browser handle waiting events, such as a key press. */
const pause = () => new Promise((done) => void setTimeout(done));

/**
 * Puts a page into its place step by step, and shows it when all steps are done.
 * @param {import('./unseal.js').Opened} page
 * @param {import('./answer.js').Reader} reader
 * @param {Visits | undefined} past
 * @param {Written} written
 * @param {() => boolean} wanted
 * @returns {Promise<Visits | null>} what the reader has now seen
 */
export async function showPage(page, reader, past, written, wanted) {
  await pause();
  if (!wanted()) return null;
  place.lang = page.lang;
  place.dir = page.dir;
  attachments?.endFiles(); // of a page that was open by its own link, if there was one
  place.replaceChildren(page.nodes);
  const visits = asFarAs(() => {
    markPlace(place);
    ownFirst(place, reader.person, present(place), sentIn(written));
    return tellSince(place, past, Date.now());
  });
  await pause();
  if (!wanted()) return null;
  lookAtTurns = async () => {
    const now = sentIn(await readWritten(reader.name));
    if (wanted()) turnsAgain(place, reader.person, present(place), now);
  };
  refresh();
  void takeAnswers(reader, written);
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

/** Updates the page to the current time. */
function refresh() {
  asFarAs(() => {
    shownDay = present(place).slice(0, 10);
    bringUpToDate(place, home);
  });
}

/** Updates an open page to the current time, and whose turn it is. It may stay open for days. */
export function refreshIfOpen() {
  if (!isState('open')) return;
  refresh();
  void lookAtTurns().catch(console.error);
}

/** Updates an open page on which the client's day has ended. */
export function refreshOnNewDay() {
  if (isState('open') && present(place).slice(0, 10) !== shownDay) refreshIfOpen();
}

/** Hides a page that is left, until it is known whether it may be shown again. */
export function leave() {
  dropFiles();
  if (isState('open')) setState('waiting');
}

/** Shows a page again that was open when it was left. */
export function comeBack() {
  setState('open');
  refreshIfOpen();
}

/**
 * Goes to the anchor of the address again: the element did not exist when the address was opened.
 */
function goToAnchor() {
  if (location.hash.length > 1) location.replace(location.href);
}

/**
 * Offers the files of an open page. The module is loaded only if there are files.
 * @param {import('./unseal.js').Files} files
 */
async function handOver(files) {
  const wanted = whileOpen();
  try {
    attachments = await import('./files.js');
    if (wanted()) await attachments.offerFiles(place, files, { prefix, portal });
  } catch (error) {
    console.error(error); // the page works without them
    if (wanted()) withoutFiles();
  }
}

/**
 * Makes the forms of an open page work. The module is loaded only if there are forms.
 * @param {import('./answer.js').Reader} reader
 * @param {Written} written
 */
async function takeAnswers(reader, written) {
  if (!place.querySelector('form[data-answer], [data-asking]')) return;
  const wanted = whileOpen();
  try {
    const { offerAnswers } = await import('./answer.js');
    if (wanted()) offerAnswers(place, reader, written, wanted);
  } catch (error) {
    console.error(error);
    if (wanted()) all(place, 'form[data-answer]').forEach(mailAlone);
  }
}

/** @returns {() => boolean} whether the page that is open now is still open */
function whileOpen() {
  const isOpen = untilLock();
  const main = place.querySelector('main');
  return () => isOpen() && main === place.querySelector('main');
}

/**
 * Replaces a form by a link that starts a mail, if the script for forms could not be loaded.
 * @param {HTMLElement} form
 */
function mailAlone(form) {
  const [fields] = all(form, '[data-fields]');
  const { to = '' } = place.querySelector('main')?.dataset ?? {};
  const link = make('a', 'button', wordIn('send', place.lang));
  link.setAttribute('href', `mailto:${encodeURIComponent(to).replace('%40', '@')}?subject=${encodeURIComponent(form.dataset.subject ?? '')}`);
  fields?.replaceWith(...(to ? [link] : []));
}

/** Shows at each file that it cannot be opened. */
function withoutFiles() {
  for (const file of place.querySelectorAll('[data-file-item]')) {
    const status = file.querySelector('[role=status]');
    if (file instanceof HTMLElement && status) status.textContent = file.dataset.failed ?? '';
  }
}

/**
 * Runs an optional improvement of a page. If it fails, the page stays as it was built.
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
