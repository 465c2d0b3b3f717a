// The sentence that is recorded for an answer, in the language of the page. The history shows the
// same sentence after the answer was taken in.

import { make } from './dom.js';
import { cut } from './letters.js';

/**
 * The names of strings by the choice or, without a choice, by the kind of answer.
 * @type {Record<string, string>}
 */
const strings = {
  yes: 'says_agree',
  yes_due: 'move_agree_due',
  yes_terms: 'move_agree_terms',
  date: 'move_counter_due',
  terms: 'move_counter',
  promise: 'move_promise_due',
  cannot: 'move_decline',
  no: 'move_decline',
  keep_due: 'move_decline_date',
  keep_terms: 'move_decline_terms',
  accept: 'move_accept',
  back: 'move_reject',
  here: 'move_deliver',
  later: 'move_renegotiate_due',
  answer_by: 'move_commit_to_commit',
  said: 'move_confirm',
  not_quite: 'move_correct',
  means: 'move_confirm',
  means_else: 'move_correct',
  not_said: 'move_correct',
  so: 'move_confirm',
  not_so: 'says_no',
  not_ours: 'says_no',
  rate_1: 'says_rated',
  rate_2: 'says_rated',
  rate_3: 'says_rated',
  rate_4: 'says_rated',
  rate_5: 'says_rated',
  ask: 'move_ask',
  new_date: 'move_renegotiate_due',
  progress: 'move_progress',
  ask_help: 'move_ask_help',
  deliver: 'move_deliver',
  withdraw: 'move_withdraw',
  revoke: 'move_revoke',
  message: 'says_message',
  new: 'says_new',
  answer: 'move_answer',
};

/**
 * The sentence of an answer. A date that it needs and that is still missing is an ellipsis.
 * @param {(name: string, parts?: Record<string, string>) => string} say
 * @param {{ key: string, who: string, due: string, of: string }} answer key is the choice, else
 * the kind; due is the date in words, of the subject, each '' for none
 */
export function sentenceOf(say, { key, who, due, of }) {
  const string = strings[key] ?? 'move_answer';
  if (string === 'move_answer' && of !== '') return say('says_answer', { who, what: of });
  const dated = due !== '' && say(`${string}_due`) !== '' ? `${string}_due` : string;
  return about(say, of, say(dated, { who, due: due || '…', answerby: due || '…', n: key.slice(-1) }));
}

/**
 * A sentence as a page shows it. Its subject may be in another script, so it keeps its own
 * direction.
 * @param {string} of
 * @param {string} sentence
 * @returns {(string | Node)[]}
 */
export function shown(of, sentence) {
  const at = of === '' ? -1 : sentence.indexOf(of);
  return at < 0 ? [sentence] : [sentence.slice(0, at), make('bdi', '', of), sentence.slice(at + of.length)];
}

/** How much is shown, and kept for that, of what somebody has sent, in letters. */
const longestShown = 2000;

/**
 * A text as far as it is shown after it was sent.
 * @param {string} text
 */
export function excerpt(text) {
  const beginning = cut(text, longestShown);
  return beginning === text ? text : `${beginning}…`;
}

/**
 * The subject and the text. After a question there is no colon.
 * @param {(name: string) => string} say
 * @param {string} of
 * @param {string} text
 */
export function about(say, of, text) {
  if (of === '') return text;
  return `${of}${/[?؟]/u.test(of) ? ' ' : say('colon')}${text}`;
}
