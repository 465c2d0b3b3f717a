// Shows the state of a reply: its sentence, its state, the words that went with it, and buttons. It replaces the form or is
// above it.

import { all, make } from './dom.js';
import { shown } from './says.js';

/** @typedef {[label: string, act: () => unknown]} Button */

/**
 * @param {HTMLElement} form or another element that contains it
 * @param {{ sentence: string, of?: string, words?: string, sent: boolean }} out the reply
 * @param {string} text
 * @param {Button[]} buttons
 * @param {boolean} now whether the state has just changed: then it gets the focus
 */
export function show(form, { sentence, of = '', words = '', sent }, text, buttons, now) {
  const [old] = all(form, '[data-status]');
  const box = old ?? make('div', '');
  box.dataset.status = sent ? 'sent' : 'kept';
  if (!old) putInto(form, box);
  const status = all(box, '[role=status]')[0] ?? make('p', 'sent');
  status.setAttribute('role', 'status');
  status.tabIndex = -1;
  for (const other of box.children) if (other !== status) other.remove();
  if (!status.isConnected) box.append(status);
  if (words) box.append(make('blockquote', 'quote', ...words.split('\n').map(line)));
  if (buttons.length > 0) box.append(make('div', 'send', ...buttons.map(button)));
  status.replaceChildren(...(sentence ? [make('b', '', ...shown(of, sentence)), ' '] : []), text);
  for (const fold of folds(form)) fold.open = true;
  if (now) status.focus();
  return status;
}

/**
 * @param {HTMLElement} form
 * @param {HTMLElement} box
 */
function putInto(form, box) {
  const [fields] = all(form, '[data-fields]');
  if (fields) fields.before(box);
  else form.append(box);
}

/**
 * A line of what was typed, in its own direction.
 * @param {string} words
 */
function line(words) {
  const made = make('p', '', words);
  made.dir = 'auto';
  return made;
}

/**
 * @param {Button} button
 * @param {number} i the first is the main button
 */
function button([label, act], i) {
  const made = make('button', i === 0 ? 'button line' : 'button text', label);
  made.setAttribute('type', 'button');
  made.addEventListener('click', act);
  return made;
}

/** @param {HTMLElement} form */
function folds(form) {
  const around = [];
  for (let fold = form.closest('details'); fold; fold = fold.parentElement?.closest('details') ?? null) around.push(fold);
  return around;
}
