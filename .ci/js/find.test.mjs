import assert from 'node:assert/strict';
import { test } from 'node:test';
import { has } from '../../static/assets/js/find.js';

test('a text has every word, whatever the case, the accents and the order', () => {
  for (const [words, found] of [
    ['', true], ['  ', true], ['Café', true], ['cafe', true], ['CAFÉ  opens', true], ['opens caf', true], ['cafe closes', false],
  ]) assert.equal(has('The café opens on Monday', words), found, words);
  assert.equal(has('\u0648\u064e\u0639\u0652\u062f', '\u0648\u0639\u062f'), true);
});
