import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isAt, isBelow } from '../../static/assets/js/address.js';
import { cut } from '../../static/assets/js/letters.js';
import { fill, mailTo } from '../../static/assets/js/road.js';

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

test('what is filled in stands as it was typed', () => {
  const parts = { what: '%answer', answer: 'at $& noon, 50%what', from: '' };
  assert.equal(fill('On %what:\n%answer\n%from%other', parts), 'On %answer:\nat $& noon, 50%what\n%other');
});

test('a mail that would be too long is not begun', () => {
  assert.equal(mailTo('a@b.example', 'It is', 'One\ntwo'), 'mailto:a@b.example?subject=It%20is&body=One%0D%0Atwo');
  assert.equal(mailTo('a@b.example', 'It is', 'x'.repeat(2000)), '');
});
