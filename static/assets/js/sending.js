// The state of a reply after it was made: sent, or not sent and why; in a mail, and the reader says
// whether it was sent; taken in. The sealed bytes are kept until the reply has arrived, so that a
// second attempt sends the same bytes and is taken in only once.

import { fromBase64url } from './bytes.js';
import { all, make } from './dom.js';
import { asBuilt, dayIn, known } from './moment.js';
import { present } from './page.js';
import { begin, mailTo, post, textOf } from './road.js';
import { show } from './status.js';
import { countTurns } from './turns.js';
import { whoIs } from './who.js';
import { changeWritten, sentIn } from './written.js';

/** @typedef {import('./answer.js').Page} Page */
/** @typedef {import('./status.js').Button} Button */
/** @typedef {import('./written.js').Out} Out */
/** @typedef {import('./written.js').Written} Written */

/**
 * The place of the state: a form or an item of a list.
 * @typedef {object} Box
 * @property {HTMLElement} form
 * @property {string} key under which the reply is kept
 * @property {string} subject of a mail
 * @property {() => void} [look] updates the form
 */

/** Until when a form can be answered, while the state of its reply stands in it. @type {WeakMap<HTMLElement, string>} */
const untils = new WeakMap();

/**
 * Sends a reply to the inbox.
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 * @param {boolean} [now] whether the reader has just asked for it
 */
export async function postOut(page, box, out, now = true) {
  const going = await keep(page, box, { ...out, road: 'inbox', why: '' });
  tell(box, going, page.say('replying_sending'), [], now);
  const why = await post(page.main, fromBase64url(out.bytes ?? ''));
  const gone = await keep(page, box, why ? { ...going, why } : sentBy(going));
  if (page.wanted()) tellOut(page, box, gone, now);
}

/**
 * Starts a mail with a reply. If that would be too long, starts an empty mail and copies the
 * text.
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 */
export async function mailOut(page, box, out) {
  const { to = '' } = page.main;
  const text = await textOf(page.say('replying_sealed-for'), out);
  const link = mailTo(to, box.subject, text);
  if (link) await byHand(page, box, out, 'in-mail');
  else await copy(page, box, out, text, 'copied-long');
  if (to && page.wanted()) begin(link || mailTo(to, box.subject, '') || mailTo(to, '', ''));
}

/**
 * Copies a reply.
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 */
export async function copyOut(page, box, out) {
  const text = await textOf(page.say('replying_sealed-for'), out);
  await copy(page, box, out, text, page.main.to ? 'copied' : 'copied-alone');
}

/**
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 * @param {string} text
 * @param {string} done the name of the message after it was copied
 */
async function copy(page, box, out, text, done) {
  try {
    await navigator.clipboard.writeText(text);
    await byHand(page, box, out, done);
  } catch {
    const status = await byHand(page, box, out, 'not-copied');
    const shown = document.createElement('textarea');
    shown.readOnly = true;
    shown.autocomplete = 'off';
    shown.value = text;
    shown.setAttribute('aria-label', page.say('replying_copy'));
    status?.after(shown);
    shown.select();
  }
}

/**
 * Asks whether the reader has sent it.
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 * @param {string} why the name of the message before the question
 */
async function byHand(page, box, out, why) {
  const going = await keep(page, box, { ...out, road: 'mail', why });
  return page.wanted() ? tellOut(page, box, going, true) : undefined;
}

/**
 * Keeps the state of a reply. When it is sent, its draft is removed. A reply that cannot be kept
 * is sent anyway.
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 */
async function keep(page, { key, subject, form }, out) {
  const { by } = whoIs(page, form);
  await change(page, (now) => {
    now.out[key] = { ...out, subject };
    if (by) now.as = by;
    if (out.sent) delete now.drafts[key];
  });
  return out;
}

/**
 * Changes what is kept, and counts the turns again.
 * @param {Page} page
 * @param {(written: Written) => void} act
 */
async function change({ place, reader, wanted }, act) {
  await changeWritten(reader.name, wanted, (now) => {
    act(now);
    if (wanted()) countTurns(place, reader.person, present(place), sentIn(now));
  }).catch(() => undefined);
}

/**
 * @param {Out} out
 * @returns {Out} the reply in the state sent
 */
function sentBy({ bytes, said, ...out }) {
  return { ...out, said: '', sent: true };
}

/**
 * Shows the state of a reply and what the reader can do.
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 * @param {boolean} [now] whether the state has just changed
 */
export function tellOut(page, box, out, now = false) {
  const { say, place } = page;
  const day = takenIn(page).get(out.id);
  if (day) return tellTaken(page, box, out, day);
  if (out.sent) {
    const text = say(out.road === 'mail' ? 'replying_sent-by-mail' : 'replying_sent-at', { when: momentIn(place.lang, out.at) });
    const isOther = box.look && out.version !== (box.form.dataset.version ?? ''); // something else is asked now
    if (isOther) return show(box.form, out, text, [], now);
    tellOnCard(box, say('replying_sent-here'));
    return tell(box, out, text, box.look ? [[say('replying_again'), () => showForm(page, box)]] : [], now);
  }
  if (out.road === 'mail') return tell(box, out, `${say(`replying_${out.why}`)} ${say('replying_was-sent')}`, afterMail(page, box, out), now);
  if (out.why === '') return void postOut(page, box, out, false); // the page was left before the inbox answered
  return tell(box, out, say(`replying_${out.why}`), afterFailure(page, box, out), now);
}

/**
 * Says on the card that opens the form, if there is one, what became of the answer; '' for nothing.
 * @param {Box} box
 * @param {string} text
 */
function tellOnCard({ form }, text) {
  const card = form.closest('details')?.querySelector(':scope > summary .todo-when');
  for (const old of card?.querySelectorAll('[data-sent]') ?? []) old.remove();
  if (!card || !text) return;
  const said = make('strong', '', text);
  said.dataset.sent = '';
  card.append(said);
}

/**
 * @param {Box} box
 * @param {Out} out
 * @param {string} text
 * @param {Button[]} buttons
 * @param {boolean} now
 */
function tell({ form }, out, text, buttons, now) {
  const until = form.getAttribute('data-until');
  if (until !== null) untils.set(form, until);
  form.removeAttribute('data-until'); // what was said about it stays
  form.hidden = false;
  for (const fields of all(form, '[data-fields]')) fields.hidden = true;
  return show(form, out, text, buttons, now);
}

/**
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 * @returns {Button[]}
 */
function afterFailure(page, box, out) {
  const { say, main } = page;
  /** @type {Button} */
  const again = [say('replying_retry'), () => postOut(page, box, out)];
  /** @type {Button} */
  const byMail = [say('replying_by-mail'), () => mailOut(page, box, out)];
  return [
    ...(main.inbox ? [again] : []),
    ...(main.to ? [byMail] : []),
    [say('replying_copy'), () => copyOut(page, box, out)],
    [say('replying_change'), () => showForm(page, box)],
  ];
}

/**
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 * @returns {Button[]}
 */
function afterMail(page, box, out) {
  const { say, main } = page;
  return [
    [say('replying_yes-sent'), async () => tellOut(page, box, await keep(page, box, sentBy(out)), true)],
    main.to ? [say('replying_open-again'), () => mailOut(page, box, out)] : [say('replying_copy'), () => copyOut(page, box, out)],
    [say('replying_change'), () => showForm(page, box)],
  ];
}

/**
 * Shows the form again.
 * @param {Page} page
 * @param {Box} box
 */
async function showForm(page, box) {
  const until = untils.get(box.form);
  if (until) box.form.setAttribute('data-until', until);
  const { form, key, look } = box;
  tellOnCard(box, '');
  await change(page, (now) => {
    delete now.out[key];
  });
  const [fields] = all(form, '[data-fields]');
  if (!fields) return form.remove();
  for (const said of all(form, '[data-status]')) said.remove();
  fields.hidden = false;
  look?.();
  all(fields, 'input, textarea, select')[0]?.focus();
}

/**
 * Shows once that a reply was taken in. The form is ready for the next one.
 * @param {Page} page
 * @param {Box} box
 * @param {Out} out
 * @param {string} day
 */
function tellTaken(page, { form, key }, out, day) {
  void change(page, (now) => {
    if (now.out[key]?.id === out.id) delete now.out[key];
  });
  return show(form, { ...out, words: '' }, page.say('replying_taken-in', { day: dayIn(page.place.lang, day) }), [], false);
}

/**
 * Shows on Home the states of replies whose forms are on other pages.
 * @param {Page} page
 * @param {string[]} here the keys of the forms of this page
 * @param {Written} written
 */
export function tellRest(page, here, written) {
  const [list] = all(page.place, '[data-sent-list]');
  const rest = Object.entries(written.out).filter(([key]) => !here.includes(key));
  if (!list || rest.length === 0) return;
  list.append(make('h2', '', page.say('replying_sent-here')));
  for (const [key, out] of rest) {
    const form = make('div', 'answer');
    list.append(form);
    tellOut(page, { form, key, subject: out.subject ?? '' }, out);
  }
  list.hidden = false;
}

/**
 * The day on which each reply was taken in, by its id.
 * @param {Page} page
 * @returns {Map<string, string>}
 */
function takenIn({ main: { taken = '' } }) {
  return new Map(taken.split(' ').map((entry) => [entry.slice(0, idLength), entry.slice(idLength + 1)]));
}

/** The length of a reply's id, in letters. */
const idLength = 22;

/**
 * A moment in the words of a language, in the local time of the writer.
 * @param {string} lang
 * @param {string} at in the form of a reply
 */
function momentIn(lang, at) {
  const form = known((l) => new Intl.DateTimeFormat(asBuilt(l), { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' }), lang, 'en');
  return form.format(Date.parse(`${at.slice(0, 19)}Z`));
}
