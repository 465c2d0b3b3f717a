// The ways in which a reply is sent, each with the same sealed bytes: to the inbox, or by the
// reader's own mail or messenger.

import { SealError, fromBase64url, toBase64url } from './bytes.js';
import { replyText, sealReply } from './reply.js';

/** @typedef {import('./answer.js').Reader} Reader */
/** @typedef {import('./written.js').Out} Out */

/** The greatest length of a link that starts a mail, in bytes: several programs accept no more. */
const longestMail = 2000;
/** The greatest length of a text in a reply, in letters: the provider's program refuses more. */
const longestText = 8000;
/** How long an inbox may take, in milliseconds. */
const patience = 30_000;

/**
 * The status with which an inbox confirms that it has stored a reply: other servers may answer
 * 200.
 */
const taken = 201;

/** Why an inbox refuses a reply, by the status of its answer. @type {Record<number, string>} */
const reasons = { 401: 'old-page', 429: 'busy', 507: 'full' };

/**
 * @param {Reader} reader
 * @param {{ id: string, at: string, sentence: string, texts: Record<string, string> }} reply
 * @param {string} said the reply as text for people
 * @returns {Promise<Out>}
 * @throws {SealError} with the code "format" if a text or the whole is too long
 */
export async function sealOut(reader, reply, said) {
  const { id, at, sentence, texts } = reply;
  if (Object.values(texts).some(({ length }) => length > longestText)) throw new SealError('format', 'a text is too long');
  const content = JSON.stringify(reply, (_, value) => (value === '' ? undefined : value));
  return { id, at, sentence, said, road: 'inbox', why: '', sent: false, bytes: toBase64url(await sealReply(reader, content)) };
}

/**
 * @param {DOMStringMap} main
 * @param {BodyInit} body
 * @returns {Promise<string>} why the inbox has not stored it; '' if it has
 */
export async function post({ inbox = '', inboxToken = '' }, body) {
  if (inbox === '') return 'refused';
  try {
    const answer = await fetch(inbox, {
      method: 'POST', body, credentials: 'omit', redirect: 'error', cache: 'no-store', signal: AbortSignal.timeout(patience),
      headers: { 'Content-Type': 'application/octet-stream', Authorization: `Bearer ${inboxToken}` },
    });
    if (answer.status === taken) return '';
    return reasons[answer.status] ?? (answer.status >= 500 ? 'busy' : 'refused');
  } catch {
    return 'no-network';
  }
}

/**
 * Fills the placeholders of a string. Placeholders in the filled-in text are not replaced.
 * @param {string} form with placeholders such as %what
 * @param {Record<string, string>} parts
 */
export function fill(form, parts) {
  return form.replace(/%([a-z]+)/gu, (place, name) => parts[name] ?? place);
}

/**
 * The text of a reply, for mail and chat.
 * @param {string} sealedFor the line above the sealed text
 * @param {Out} out
 */
export async function textOf(sealedFor, { said, bytes = '' }) {
  return `${said.trimEnd()}\n\n${sealedFor}\n${await replyText(fromBase64url(bytes))}`;
}

/**
 * The link that starts a mail; '' if it would be too long.
 * @param {string} to an address
 * @param {string} subject
 * @param {string} text
 */
export function mailTo(to, subject, text) {
  const body = encodeURIComponent(text.replace(/\r?\n/gu, '\r\n'));
  const link = `mailto:${encodeURIComponent(to).replace('%40', '@')}?subject=${encodeURIComponent(subject)}&body=${body}`;
  return link.length <= longestMail ? link : '';
}

/**
 * Follows a link as if it were pressed. The page stays.
 * @param {string} link
 */
export function begin(link) {
  const way = document.createElement('a');
  way.href = link;
  way.click();
}
