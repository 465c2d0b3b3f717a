import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOf, divide } from '../../static/assets/js/turns.js';

test('turns of nobody are the reader\'s too', () => {
  for (const [counts, reader, n] of [
    ['maria 2;idris 1;', 'maria', 2], ['maria 2;idris 1; 3;', 'idris', 4], [' 3;', 'maria', 3], ['maria 2;', 'mar', 0],
    ['', 'maria', 0], ['maria 12;', 'maria', 12], ['maria 2;idris 1; 3;', '', 6], ['maria 2;maria -1 2026-11-20;', 'maria', 1],
    ['maria 2;maria 1 2026-11-21;', 'maria', 2],
  ]) assert.equal(countOf(counts, reader, '2026-11-21T08:00:00'), n, `${reader} of ${counts}`);
});

test('own first, then each colleague\'s in the order in which they come', () => {
  const items = ['idris a', 'maria b', ' c', 'ana d', 'idris e'];
  const person = (item) => item.split(' ')[0];
  assert.deepEqual(divide(items, person, 'maria'), { mine: ['maria b', ' c'], others: [['idris a', 'idris e'], ['ana d']] });
  assert.deepEqual(divide(items, person, 'theo'), { mine: [' c'], others: [['idris a', 'idris e'], ['maria b'], ['ana d']] });
});
