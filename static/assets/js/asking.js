// What a reader can always do: write a message, or ask for something new. The two forms are the
// same on every page, so they come with the scripts.

import { make } from './dom.js';

/** @typedef {import('./answer.js').Page} Page */

/** What is asked of something new, after what it is and by when. */
const questions = ['delivered', 'told', 'between', 'wrong'];

/**
 * Puts the two forms where a page has a place for them.
 * @param {Page} page
 */
export function offerAsking({ place, main, say }) {
  const [here] = place.querySelectorAll('[data-asking]');
  if (!here) return;
  const sent = () => sendingOf(say, main.inbox !== undefined);
  const urgent = make('label', 'choice', box('choice', 'urgent'), ' ', make('span', '', say('asking_urgent')));
  here.replaceChildren(
    folded('message', say('asking_message'), [text('word', say('asking_word'), true), urgent, ...sent()]),
    folded('new', say('asking_new'), [
      text('outcome', say('asking_outcome'), true), date(say('asking_date')),
      ...questions.map((name) => text(name, say(`asking_${name}`), false)), ...sent(),
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
 * @param {boolean} required
 */
function text(name, words, required) {
  const area = document.createElement('textarea');
  Object.assign(area, { name, rows: 2, required });
  return field(name, words, area);
}

/** @param {string} words */
function date(words) {
  const day = box('date', '');
  day.type = 'date';
  return field('date', words, day);
}

/**
 * @param {string} name
 * @param {string} words
 * @param {HTMLElement} input
 */
function field(name, words, input) {
  input.id = `asking-${name}`;
  const label = make('label', '', words);
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
 * What stands below each form: see layouts/_partials/answer-send.html.
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
  return [stands, make('div', 'send', send, copy, make('p', 'meta', say(sealed ? 'send_sealed' : 'send_opens')))];
}
