import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAt, isBelow } from '../../static/assets/js/address.js';
import { mailTo, textOf } from '../../static/assets/js/answer.js';
import { cut } from '../../static/assets/js/letters.js';

test('a path is that of an address with or without escapes, last slash and index.html', () => {
  for (const [path, address, same] of [
    ['/a/b/', '/a/b/', true], ['/a/b/', '/a/b', true], ['/a/b/', '/a/b/index.html', true], ['/für/', '/f%C3%BCr/', true],
    ['/a/', '/a/b/', false], ['/%ff/', '/%ff/', false],
  ]) assert.equal(isAt(path, address), same, `${path} at ${address}`);
  assert.equal(isBelow('/f%C3%BCr/x/', '/für/'), true);
  assert.equal(isBelow('/other/', '/für/'), false);
});

test('a letter with its accents is one', () => {
  assert.equal(cut('e\u0301tude', 2), 'e\u0301t');
  assert.equal(cut('ab', 5), 'ab');
});

test('an answer is what was chosen and what was written, and no more of it', () => {
  assert.equal(textOf('Hello,\n%answer\nMaria', ['Yes', '', 'at $& noon']), 'Hello,\nYes\n\nat $& noon\nMaria');
});

test('a mail that would be too long is not begun', () => {
  assert.equal(mailTo('a@b.example', 'It is', 'One\ntwo'), 'mailto:a@b.example?subject=It%20is&body=One%0D%0Atwo');
  assert.equal(mailTo('a@b.example', 'It is', 'x'.repeat(2000)), '');
});
