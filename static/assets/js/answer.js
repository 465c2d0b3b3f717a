// The answers that a reader gives on the page. A form asks for what the chosen answer needs, shows
// the sentence that will be recorded, and keeps what was typed until it is sent.

import { words as byLanguage } from './answer-words.js';
import { complete, offerAsking } from './asking.js';
import { SealError } from './bytes.js';
import { all, make as element } from './dom.js';
import { dayIn, sentAt } from './moment.js';
import { newId } from './reply.js';
import { fill, sealOut } from './road.js';
import { about, excerpt, sentenceOf, shown } from './says.js';
import { copyOut, mailOut, postOut, tellOut, tellRest } from './sending.js';
import { askedInstead, askWho, whoIs } from './who.js';
import { changeWritten } from './written.js';

/** @typedef {import('./written.js').Out} Out */
/** @typedef {import('./written.js').Written} Written */

/**
 * The reader: the credential that opened the page, the name under which it is kept, and the
 * reader's id if it is known.
 * @typedef {import('./reply.js').Credential & { name: string, person: string }} Reader
 */

/**
 * What all forms of a page share. `say` returns a string of i18n in the language of the page.
 * @typedef {object} Page
 * @property {HTMLElement} place
 * @property {DOMStringMap} main
 * @property {(name: string, parts?: Record<string, string>) => string} say
 * @property {Reader} reader
 * @property {() => boolean} wanted
 */

/** How long after the last key press a draft is kept, in milliseconds. */
const rests = 300;

/**
 * Makes the forms of an open page work.
 * @param {HTMLElement} place
 * @param {Reader} reader
 * @param {Written} written what was written and sent before
 * @param {() => boolean} wanted false once the page is closed
 */
export function offerAnswers(place, reader, written, wanted) {
  const main = place.querySelector('main')?.dataset;
  if (!main) return;
  const to = { name: main.toName ?? '', address: main.to ?? '' };
  const strings = byLanguage[place.lang] ?? byLanguage[place.lang.split('-')[0]] ?? {};
  const say = (/** @type {string} */ name, parts = {}) => fill(strings[name] ?? '', { ...to, ...parts });
  const page = { place, main, say, reader, wanted };
  offerAsking(page);
  const forms = /** @type {HTMLFormElement[]} */ (all(place, 'form[data-answer]'));
  for (const form of forms) offer(page, form, written);
  tellRest(page, forms.map(keyOf), written);
}

/**
 * The key of a form, the same on every page that has it.
 * @param {HTMLFormElement} form
 */
const keyOf = ({ dataset: { of, answer, subject } }) => of || `${answer}:${subject}`;

/**
 * @param {Page} page
 * @param {HTMLFormElement} form
 * @param {Written} written
 */
function offer(page, form, written) {
  const key = keyOf(form);
  const [welcome, which] = ['[data-words] label', '[data-date] label'].map((label) => form.querySelector(label)?.textContent ?? '');
  const instead = element('p', 'meta');
  const look = () => {
    ask(form, welcome, which);
    const sentence = sentenceIn(page, form);
    const [stands] = all(form, '[data-stands]');
    const around = sentence && page.say('replying_record', { sentence: '\n' });
    const [before, after = ''] = around.split('\n');
    const who = askedInstead(page, form);
    instead.textContent = who && page.say('replying_for', { who });
    instead.hidden = who === '';
    stands?.replaceChildren(before, ...shown(form.dataset.what ?? '', sentence), after);
  };
  form.autocomplete = 'off'; // else the browser keeps what is typed in the clear, beyond Lock, to put it back by itself
  complete(page, form);
  askWho(page, form, written.as);
  all(form, '[data-stands]')[0]?.before(instead);
  if (written.drafts[key]) restore(form, written.drafts[key]);
  look();
  let timer = 0;
  const keep = () => void changeWritten(page.reader.name, page.wanted, (now) => {
    now.drafts[key] = draftOf(form);
    now.as = whoIs(page, form).by || now.as;
  }).catch(() => undefined);
  form.addEventListener('input', () => {
    look();
    clearTimeout(timer);
    timer = setTimeout(keep, rests);
  });
  sayMissing(form, page.say('replying_missing'));
  let giving = false;
  const give = async (/** @type {(out: Out) => Promise<unknown>} */ way) => {
    if (giving) return; // who presses twice has said it once
    giving = true;
    clearTimeout(timer);
    try {
      const out = await make(page, form).catch((error) => tellError(page, form, error));
      if (out) await way(out);
    } finally {
      giving = false;
    }
  };
  const box = { form, key, subject: form.dataset.subject ?? '', look };
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    void give((out) => (page.main.inbox ? postOut(page, box, out) : mailOut(page, box, out)));
  });
  form.querySelector('[data-copy]')?.addEventListener('click', () => {
    if (form.reportValidity()) void give((out) => copyOut(page, box, out));
  });
  if (written.out[key]) tellOut(page, box, written.out[key]);
}

/**
 * Says below each field that is not filled in what a browser would say in its own language.
 * @param {HTMLFormElement} form
 * @param {string} text
 */
function sayMissing(form, text) {
  const of = newId();
  form.addEventListener('invalid', (event) => {
    event.preventDefault();
    const field = /** @type {HTMLInputElement} */ (event.target);
    const id = `${of}-${field.name}`;
    const above = (field.type === 'radio' && field.closest('fieldset')) || field;
    if (!document.getElementById(id)) above.after(Object.assign(element('span', 'mistake', text), { id }));
    field.setAttribute('aria-invalid', 'true');
    field.setAttribute('aria-describedby', id);
    if (field === all(form, ':is(input, select, textarea):invalid')[0]) field.focus();
  }, true);
  form.addEventListener('input', () => {
    for (const field of all(form, '[aria-invalid]:not(:invalid)')) {
      document.getElementById(field.getAttribute('aria-describedby') ?? '')?.remove();
      for (const name of ['aria-invalid', 'aria-describedby']) field.removeAttribute(name);
    }
  });
}

/**
 * Says why the reply cannot be sent.
 * @param {Page} page
 * @param {HTMLFormElement} form
 * @param {unknown} error
 */
function tellError({ say }, form, error) {
  if (!(error instanceof SealError)) throw error;
  const [stands] = all(form, '[data-stands]');
  if (!stands) return;
  stands.textContent = say('replying_too-big');
  stands.tabIndex = -1;
  stands.focus();
}

/**
 * Asks for what the chosen answer needs.
 * @param {HTMLFormElement} form
 * @param {string} welcome the label of the words when they are optional
 * @param {string} which the label of the date when it is required
 */
function ask(form, welcome, which) {
  const chosen = chosenIn(form);
  if (chosen?.type !== 'radio') return;
  const { asks = '', word, when, maySay } = chosen.dataset;
  const [date] = all(form, '[data-date]');
  const day = date?.querySelector('input');
  if (date && day) {
    date.hidden = asks !== 'date' && asks !== 'may-date';
    day.required = asks === 'date';
    day.disabled = date.hidden;
    const [says] = all(date, 'label');
    if (says) says.textContent = when ?? which;
    // Moved only where it stands elsewhere: what is moved loses the focus.
    const [above] = when ? all(form, '[data-words]') : [];
    const fieldset = chosen.closest('fieldset');
    if (above && date.previousElementSibling !== above) above.after(date);
    else if (!above && fieldset && fieldset.lastElementChild !== date) fieldset.append(date);
  }
  for (const questions of all(form, '[data-done]')) questions.hidden = asks !== 'done';
  const label = form.querySelector('[data-words] label');
  const words = form.querySelector('textarea');
  if (label && words) {
    label.textContent = word || welcome;
    words.required = word !== undefined && maySay === undefined;
  }
}

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement | null}
 */
const chosenIn = (form) => form.querySelector('[name=choice]:checked');

/**
 * @param {HTMLFormElement} form
 * @returns {HTMLInputElement | null} a date that was given
 */
const dateIn = (form) => [...form.querySelectorAll('input')].find((field) => field.name === 'date' && !field.disabled && field.value !== '') ?? null;

/**
 * The texts that go with the answer, by their names.
 * @param {HTMLFormElement} form
 */
const textsIn = (form) => [...form.querySelectorAll('textarea')].filter((field) => !field.closest('[data-done][hidden]') && field.value.trim() !== '');

/**
 * What was typed, each text below its question; a word stands alone.
 * @param {HTMLFormElement} form
 */
function wordsIn(form) {
  const label = (/** @type {HTMLElement} */ field) => form.querySelector(`label[for="${field.id}"]`)?.firstChild?.textContent?.trim() ?? '';
  return textsIn(form).map((field) => (field.name === 'word' ? field.value.trim() : `${label(field)}\n${field.value.trim()}`));
}

/**
 * The sentence that will be recorded; '' if nothing is chosen yet.
 * @param {Page} page
 * @param {HTMLFormElement} form
 */
function sentenceIn(page, form) {
  const chosen = form.querySelector('[type=radio]') ? chosenIn(form) : null;
  if (!chosen && form.querySelector('[type=radio]')) return '';
  const date = dateIn(form);
  const due = date ? dayIn(page.place.lang, date.value) : (chosen?.dataset.dueSaid ?? '').replaceAll('\u00a0', ' ');
  const { answer = '', what = '' } = form.dataset;
  return sentenceOf(page.say, { key: chosen?.value ?? answer, who: whoIs(page, form).called || page.say('replying_no-name'), due, of: what });
}

/**
 * The answer as text for people: the choice, the date and the words.
 * @param {Page} page
 * @param {HTMLFormElement} form
 * @param {string} from the name of the person who answers
 */
function saidIn({ place, say }, form, from) {
  const date = dateIn(form);
  const chosen = chosenIn(form)?.closest('label') ?? (date && form.querySelector(`label[for="${date.id}"]`));
  const choice = chosen?.textContent?.trim().replaceAll('\u00a0', ' ') ?? '';
  const day = date ? dayIn(place.lang, date.value) : '';
  const answer = [day ? `${choice.replace(/[?؟]$/u, '')}: ${day}` : choice, ...wordsIn(form)].filter(Boolean).join('\n\n');
  const { what, subject = '' } = form.dataset;
  return say('mail_text', { what: what ?? subject, answer, from });
}

/**
 * Seals the answer in a form.
 * @param {Page} page
 * @param {HTMLFormElement} form
 * @returns {Promise<Out>}
 */
async function make(page, form) {
  const { answer = '', of = '', version = '', shown: seen = '', what = '' } = form.dataset;
  const { by, name } = whoIs(page, form);
  /** @type {Record<string, string>} */
  const texts = Object.fromEntries(textsIn(form).map((field) => [field.name, field.value.trim()]));
  if (answer === 'message') texts.word = about(page.say, what, texts.word ?? '');
  const choice = chosenIn(form)?.value ?? (answer === 'message' ? 'normal' : '');
  const reply = {
    id: newId(), at: sentAt(new Date(), page.main), portal: page.reader.portal, by, about: of, kind: answer, version, seen,
    choice, date: dateIn(form)?.value ?? '', texts, sentence: sentenceIn(page, form), lang: page.place.lang,
  };
  return { ...await sealOut(page.reader, reply, saidIn(page, form, name)), of: what, version, words: excerpt(wordsIn(form).join('\n\n')) };
}

/**
 * The values of the fields that are not empty, by the fields' names.
 * @param {HTMLFormElement} form
 */
function draftOf(form) {
  /** @type {import('./written.js').Draft} */
  const draft = {};
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '') draft[name] = value;
  }
  return draft;
}

/**
 * Restores a draft, and opens the folds around the form.
 * @param {HTMLFormElement} form
 * @param {import('./written.js').Draft} draft
 */
function restore(form, draft) {
  for (const field of form.querySelectorAll('input, textarea')) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement)) continue;
    const { name, type, value } = field;
    if (draft[name] === undefined) continue;
    if (field instanceof HTMLInputElement && (type === 'radio' || type === 'checkbox')) field.checked = value === draft[name] && !field.closest('label')?.hidden;
    else field.value = draft[name];
  }
  for (const fold of all(form.parentElement ?? form, 'details')) fold.toggleAttribute('open', !fold.hidden);
  form.closest('details')?.setAttribute('open', '');
}
