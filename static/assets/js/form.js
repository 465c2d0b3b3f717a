// The form of the gate: its questions and messages, in the language that the reader prefers. The
// file of a page does not reveal the language of its portal, so the gate learns it only when a page
// was opened.

import { element, gate } from './here.js';
import { words } from './words.js';

const said = element('said');
const mistake = element('mistake');
const form = /** @type {HTMLFormElement} */ (element('unlock'));
const fields = /** @type {HTMLFieldSetElement} */ (form.querySelector('fieldset'));
const passphrase = /** @type {HTMLInputElement} */ (element('passphrase'));
const show = element('show');
const send = element('send');
const busy = element('busy');

const own = document.documentElement.lang;

/**
 * The strings of the first available language.
 * @param {readonly string[]} likes
 */
function wordsOf(likes) {
  for (const like of likes) {
    for (const lang of [like, like.split('-')[0]]) {
      if (words[lang]) return { lang, strings: words[lang] };
    }
  }
  return { lang: own, strings: words[own] ?? {} };
}
let { lang, strings } = wordsOf(navigator.languages ?? []);

/**
 * A string of the gate in the language of a page, or in the reader's if the gate lacks that
 * language.
 * @param {string} name
 * @param {string} of a language
 */
export function wordIn(name, of) {
  return (words[of] ?? words[of.split('-')[0]] ?? strings)[name] ?? '';
}

/**
 * Shows the gate in the reader's language or, from then on, in the language of an opened page.
 * @param {string} [of] the language of the page
 */
export function speak(of) {
  if (of) ({ lang, strings } = wordsOf([of, lang]));
  gate.lang = lang;
  gate.dir = strings.dir ?? '';
  for (const node of gate.querySelectorAll('[data-t]')) {
    const text = node instanceof HTMLElement && strings[node.dataset.t ?? ''];
    if (text) node.textContent = text;
  }
}

/**
 * Shows a message: about a wrong passphrase at its field, any other above the form.
 * @param {string} name of a string; '' removes the message
 */
export function say(name) {
  const text = name && (strings[name] ?? name);
  const wrong = name === 'gate_wrong';
  said.textContent = wrong ? '' : text;
  mistake.textContent = wrong ? text : '';
  if (wrong) passphrase.setAttribute('aria-invalid', 'true');
  else passphrase.removeAttribute('aria-invalid');
}

/** @param {boolean} shown whether the passphrase is readable while it is typed */
function reveal(shown) {
  if (shown) passphrase.autocomplete = 'off'; // else the browser keeps in the clear what is typed into a text field
  passphrase.type = shown ? 'text' : 'password';
  if (!shown) passphrase.autocomplete = 'current-password';
  show.setAttribute('aria-pressed', `${shown}`);
}

/** @param {boolean} so whether a passphrase is being tried */
function setBusy(so) {
  fields.disabled = so;
  send.textContent = strings[so ? 'gate_opening' : 'gate_open'] ?? send.textContent;
  busy.textContent = so ? send.textContent : '';
}

/** Enables the form. Text that is already typed stays. */
export function ask() {
  setBusy(false);
}

/** Whether a passphrase is being tried. */
export const isBusy = () => fields.disabled;

/** Whether the reader has typed nothing. */
export const isUntouched = () => !fields.disabled && passphrase.value === '';

/** Hides the form, if no passphrase would help. */
export function askNothing() {
  form.hidden = true;
}

/** Moves the focus to the field. */
export const focusField = () => passphrase.focus();

/** Removes all that was typed. */
export function clear() {
  passphrase.value = '';
  reveal(false);
}

/**
 * Calls act each time the form is sent. It hides the passphrase first, so that the browser takes
 * it for a password and offers to store it.
 * @param {(passphrase: string, days: number) => void} act days is how long the portal stays open
 */
export function whenSent(act) {
  show.addEventListener('click', () => reveal(passphrase.type === 'password'));
  passphrase.addEventListener('input', () => mistake.textContent && say(''));
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    reveal(false);
    const days = form.querySelector('[name=keep]:checked');
    const typed = passphrase.value;
    say('');
    setBusy(true);
    act(typed, days instanceof HTMLInputElement ? Number(days.value) : 0);
  });
}
