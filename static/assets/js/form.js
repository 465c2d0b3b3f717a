// The gate's form: what it asks and what it says, in the language that the reader likes best. The
// file of a page does not tell the language of its portal, so the gate has it only once the page was open.

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
 * The words of the first of some languages that there is.
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
 * A string of the gate in the language of a page or, where there is none, in the reader's.
 * @param {string} name
 * @param {string} of a language
 */
export function wordIn(name, of) {
  return (words[of] ?? words[of.split('-')[0]] ?? strings)[name] ?? '';
}

/**
 * Lets the gate speak the reader's language or, from then on, that of a page that was opened.
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
 * Says something: at its field what is wrong with the passphrase, else above the form.
 * @param {string} name of a string; '' says nothing
 */
export function say(name) {
  const text = name && (strings[name] ?? name);
  const wrong = name === 'gate_wrong';
  said.textContent = wrong ? '' : text;
  mistake.textContent = wrong ? text : '';
  if (wrong) passphrase.setAttribute('aria-invalid', 'true');
  else passphrase.removeAttribute('aria-invalid');
}

/** @param {boolean} shown whether the passphrase can be read as it is typed */
function reveal(shown) {
  if (shown) passphrase.autocomplete = 'off'; // else the browser keeps in the clear what is typed into a text field
  passphrase.type = shown ? 'text' : 'password';
  if (!shown) passphrase.autocomplete = 'current-password';
  show.setAttribute('aria-pressed', `${shown}`);
}

/** @param {boolean} so whether an attempt with a passphrase is under way */
function setBusy(so) {
  fields.disabled = so;
  send.textContent = strings[so ? 'gate_opening' : 'gate_open'] ?? send.textContent;
  busy.textContent = so ? send.textContent : '';
}

/** Lets the reader type. What is typed already stays. */
export function ask() {
  setBusy(false);
}

/** Whether an attempt with a passphrase is under way. */
export const isBusy = () => fields.disabled;

/** Whether nobody has begun to type. */
export const isUntouched = () => !fields.disabled && passphrase.value === '';

/** Takes the form away, where nothing that is typed would help. */
export function askNothing() {
  form.hidden = true;
}

/** Brings the reader to the field. */
export const focusField = () => passphrase.focus();

/** Leaves nothing of what was typed. */
export function clear() {
  passphrase.value = '';
  reveal(false);
}

/**
 * Hands on what was typed each time it is sent. It is hidden first, so that the browser still
 * takes it for a password and offers to keep it.
 * @param {(passphrase: string, days: number) => void} act days is for how long it stays open
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
