// The parts of forms that are the same on all pages, and therefore come with the scripts: how to
// send an answer, the questions of acceptance, and two forms that are always there, to write a
// message and to ask for something new.

import { all, make } from './dom.js';

/** @typedef {import('./answer.js').Page} Page */

/** The questions about something new, after what it is and by when. */
const questions = ['delivered', 'told', 'between', 'wrong'];

/** The questions about something that is accepted. */
const accepted = ['met', 'missing', 'thanks', 'together', 'improve'];

/**
 * Adds the parts that all forms have.
 * @param {Page} page
 * @param {HTMLElement} form
 */
export function complete({ main, say }, form) {
  const [fields] = all(form, '[data-fields]');
  if (!fields) return;
  if (form.querySelector('[data-asks=done]')) {
    const of = form.querySelector('textarea')?.id ?? '';
    const fold = make('details', 'more', make('summary', '', say('asking_how')),
      ...accepted.map((name) => text(name, say(`asking_${name}`), '', of)));
    fold.dataset.done = '';
    fields.append(fold);
  }
  fields.append(...sendingOf(say, main.inbox !== undefined));
}

/**
 * Adds the two forms if the page has a place for them.
 * @param {Page} page
 */
export function offerAsking({ place, say }) {
  const [here] = place.querySelectorAll('[data-asking]');
  if (!here) return;
  const urgent = make('label', 'choice', box('choice', 'urgent'), ' ', make('span', '', say('asking_urgent')));
  here.replaceChildren(
    folded('message', say('asking_message'), [text('word', say('asking_word')), urgent]),
    folded('new', say('asking_new'), [
      text('outcome', say('asking_outcome')), date(say('asking_date'), say('asking_optional')),
      ...questions.map((name) => text(name, say(`asking_${name}`), say('asking_optional'))),
    ]),
  );
}

/**
 * @param {string} answer the kind
 * @param {string} title
 * @param {HTMLElement[]} inside
 */
function folded(answer, title, inside) {
  const fields = make('div', 'answer-fields', ...inside);
  fields.dataset.fields = '';
  const form = make('form', 'answer', fields);
  Object.assign(form.dataset, { answer, subject: title });
  return make('details', 'more', make('summary', '', title), form);
}

/**
 * @param {string} name
 * @param {string} words
 * @param {string} [optional] what says that it is; required without it
 * @param {string} [of] the beginning of its id
 */
function text(name, words, optional, of = 'asking') {
  const area = document.createElement('textarea');
  Object.assign(area, { name, rows: 2, required: optional === undefined });
  return field(`${of}-${name}`, words, area, optional);
}

/**
 * @param {string} words
 * @param {string} optional
 */
function date(words, optional) {
  const day = box('date', '');
  day.type = 'date';
  return field('asking-date', words, day, optional);
}

/**
 * @param {string} id
 * @param {string} words
 * @param {HTMLElement} input
 * @param {string} [optional]
 */
function field(id, words, input, optional) {
  input.id = id;
  const label = make('label', '', words, ...(optional ? [' ', make('span', 'meta', optional)] : []));
  label.setAttribute('for', input.id);
  return make('p', 'field', label, input);
}

/**
 * @param {string} name
 * @param {string} value
 */
function box(name, value) {
  const input = document.createElement('input');
  Object.assign(input, { type: 'checkbox', name, value });
  return input;
}

/**
 * The sentence that will be recorded, and the ways to send it.
 * @param {Page['say']} say
 * @param {boolean} sealed whether there is an inbox
 */
function sendingOf(say, sealed) {
  const stands = make('p', 'meta');
  stands.dataset.stands = '';
  const copy = make('button', 'button text', say('replying_copy'));
  copy.setAttribute('type', 'button');
  copy.dataset.copy = '';
  const send = make('button', 'button', say('send'));
  send.setAttribute('type', 'submit');
  return [stands, make('div', 'send', send, copy, make('p', 'meta', sealed ? say('send_sealed') : say('send_opens')))];
}
