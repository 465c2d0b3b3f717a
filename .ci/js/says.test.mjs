import assert from 'node:assert/strict';
import { test } from 'node:test';

import { excerpt, sentenceOf } from '../../static/assets/js/says.js';

/** @type {Record<string, string>} */
const strings = {
  move_counter_due: '%who answered with another date, %due', move_commit_to_commit: '%who promised an answer by %answerby',
  move_answer: '%who answered', says_answer: '%who replied to: %what', says_new: '%who asked for something new', says_new_due: '%who asked for something new by %due',
};
const say = (/** @type {string} */ name, /** @type {Record<string, string>} */ parts = {}) => (strings[name] ?? '').replaceAll(/%(\w+)/gu, (_, part) => parts[part]);

test('a date that a sentence needs is an ellipsis until it is typed', () => {
  const of = (/** @type {string} */ key, due = '') => sentenceOf(say, { key, who: 'Hanna', due, of: '' });
  assert.equal(of('date'), 'Hanna answered with another date, …');
  assert.equal(of('date', '4 December'), 'Hanna answered with another date, 4 December');
  assert.equal(of('answer_by'), 'Hanna promised an answer by …');
  assert.equal(of('new'), 'Hanna asked for something new');
  assert.equal(of('new', '4 December'), 'Hanna asked for something new by 4 December');
});

test('an answer in words names what it is to in one sentence, whether that is a question or not', () => {
  const of = (/** @type {string} */ what) => sentenceOf(say, { key: 'help', who: 'Hanna', due: '', of: what });
  assert.equal(of('Who reads it?'), 'Hanna replied to: Who reads it?');
  assert.equal(of('We need the key'), 'Hanna replied to: We need the key');
  assert.equal(of(''), 'Hanna answered');
});

test('of a long text the start is shown, between letters', () => {
  assert.equal(excerpt('Brought forward'), 'Brought forward');
  assert.equal(excerpt('🧀'.repeat(2000)), '🧀'.repeat(2000));
  assert.equal(excerpt('🧀'.repeat(2001)), `${'🧀'.repeat(2000)}…`);
});
