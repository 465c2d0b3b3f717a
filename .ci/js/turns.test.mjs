import assert from 'node:assert/strict';
import { test } from 'node:test';
import { countOf, divide } from '../../static/assets/js/turns.js';
import { sentIn } from '../../static/assets/js/written.js';

test('turns of nobody are the reader\'s too', () => {
  for (const [turns, reader, n] of [
    ['maria a.1;maria b.1;idris c.1;', 'maria', 2], ['maria a.1;idris c.1; d.1; e.1;', 'idris', 3], [' d.1;', 'maria', 1],
    ['maria a.1;', 'mar', 0], ['', 'maria', 0], ['maria a.1;idris c.1; d.1;', '', 3],
    ['maria a.1;maria b.1 -2026-11-20;', 'maria', 1], ['maria a.1;maria b.1 -2026-11-21;', 'maria', 2],
    ['maria a.1;maria b.1 +2026-11-20;', 'maria', 2], ['maria a.1;maria b.1 +2026-11-21;', 'maria', 1],
  ]) assert.equal(countOf(turns, reader, '2026-11-21T08:00:00'), n, `${reader} of ${turns}`);
});

test('what was answered is not counted, and is once something else is asked', () => {
  const sent = sentIn({ drafts: {}, out: { a: { sent: true, version: '1' }, b: { sent: true, version: '1' }, c: { sent: false, version: '1' } } });
  assert.equal(countOf('maria a.1;maria b.2;maria c.1;', 'maria', '2026-11-21T08:00:00', sent), 2);
});

test('own first, then each colleague\'s in the order in which they come', () => {
  const items = ['idris a', 'maria b', ' c', 'ana d', 'idris e'];
  const person = (item) => item.split(' ')[0];
  assert.deepEqual(divide(items, person, 'maria'), { mine: ['maria b', ' c'], others: [['idris a', 'idris e'], ['ana d']] });
  assert.deepEqual(divide(items, person, 'theo'), { mine: [' c'], others: [['idris a', 'idris e'], ['maria b'], ['ana d']] });
});
