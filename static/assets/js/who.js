// Who answers. A passphrase tells it; a reader who came by a link says it.

import { all, make } from './dom.js';

/** @typedef {import('./answer.js').Page} Page */

/** The value of the choice "another name": no person's id contains this letter. */
const another = '+';

/**
 * The client's people. They are in the navigation, so a reader with a link to one page does not
 * see them.
 * @param {Page} page
 */
const people = ({ place }) => /** @type {HTMLOptionElement[]} */ (all(place, '[data-senders] option'));

/**
 * Asks in a form who answers.
 * @param {Page} page
 * @param {HTMLFormElement} form
 * @param {string} [as] who answered before: an id or a name
 */
export function askWho(page, form, as = '') {
  const [stands] = all(form, '[data-stands]');
  if (page.reader.holder === 'person' || !stands) return;
  const id = `who-${form.querySelector('textarea')?.id}`;
  const name = /** @type {HTMLInputElement} */ (make('input', ''));
  Object.assign(name, { name: 'called', id: `${id}-name`, autocomplete: 'name', maxLength: 64, required: true });
  const named = field(page.say('replying_your-name'), name);
  const parts = [named, make('p', 'meta', page.say('replying_who-why'))];
  const known = people(page);
  const isKnown = known.some((person) => person.value === as);
  if (!isKnown) name.value = as;
  if (known.length > 0) {
    const select = choiceOf(page, known, /** @type {HTMLElement | null} */ (form.closest('[data-person]'))?.dataset.person);
    select.id = id;
    select.value = as === '' || isKnown ? as : another;
    const look = () => {
      named.hidden = select.value !== another;
      name.disabled = named.hidden;
    };
    select.addEventListener('change', look);
    look();
    parts.unshift(field(page.say('replying_who'), select));
  }
  stands.before(...parts);
}

/**
 * @param {Page} page
 * @param {HTMLOptionElement[]} known
 * @param {string} [asked] for whom it waits: they come first
 */
function choiceOf({ say }, known, asked) {
  const first = (/** @type {HTMLOptionElement} */ { value }) => Number(value === asked);
  const select = document.createElement('select');
  select.name = 'who';
  select.required = true;
  select.append(new Option('–', ''), ...[...known].sort((a, b) => first(b) - first(a)).map(({ text, value }) => new Option(text, value)),
    new Option(say('replying_another-name'), another));
  return select;
}

/**
 * @param {string} words
 * @param {HTMLElement} input
 */
function field(words, input) {
  const label = make('label', '', words);
  label.setAttribute('for', input.id);
  return make('p', 'field', label, input);
}

/**
 * The name of the person for whom it waits, if somebody else is about to answer; else ''.
 * @param {Page} page
 * @param {HTMLElement} form
 */
export function askedInstead(page, form) {
  /** @type {HTMLElement | null} */
  const waits = form.closest('[data-person]');
  const person = waits?.dataset.person ?? '';
  const name = waits?.dataset.name ?? '';
  const { by, called } = whoIs(page, form);
  const id = by || page.reader.person;
  const typed = by !== '' && by === called;
  const same = id === person || (typed && (called.startsWith(name) || name.startsWith(called)));
  return person === '' || id === '' || same ? '' : name;
}

/**
 * Who answers: the value for a reply, the name in a sentence, and the full name.
 * @param {Page} page
 * @param {HTMLElement} form
 * @returns {{ by: string, called: string, name: string }} by is '' if the passphrase tells it
 */
export function whoIs(page, form) {
  /** @type {HTMLInputElement | null} */
  const typed = form.querySelector('[name=called]');
  const select = form.querySelector('select');
  if (typed && (!select || select.value === another)) {
    const name = typed.value.trim();
    return { by: name, called: name, name };
  }
  const id = select ? select.value : page.reader.person;
  const person = people(page).find((option) => option.value === id);
  return { by: select ? id : '', called: person?.dataset.called ?? '', name: person?.text ?? '' };
}
