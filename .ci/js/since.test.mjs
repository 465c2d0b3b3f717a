import assert from 'node:assert/strict';
import { test } from 'node:test';
import { turnPage } from '../../static/assets/js/since.js';

const hour = 60 * 60 * 1000;
const now = 1000 * hour;

test('nothing is new on a first visit', () => {
  const { visits, fresh } = turnPage(undefined, ['b', 'a'], now);
  assert.deepEqual(fresh, []);
  assert.deepEqual(visits, { opened: now, before: null, looked: now, seen: ['b', 'a'] });
});

test('what came since is new for as long as a visit goes on', () => {
  const first = turnPage(undefined, ['a'], now).visits;
  const second = turnPage(first, ['b', 'a'], now + hour);
  assert.deepEqual(second.fresh, ['b']);
  const again = turnPage(second.visits, ['c', 'b', 'a'], now + hour + 1);
  assert.deepEqual(again.fresh, ['c', 'b']);
  assert.deepEqual(turnPage(again.visits, ['c', 'b', 'a'], now + 3 * hour).fresh, []);
});

test('a page without the list keeps what was seen', () => {
  const first = turnPage(undefined, ['a'], now).visits;
  assert.deepEqual(turnPage(first, null, now + hour).visits, { opened: now + hour, before: { looked: now, seen: ['a'] }, looked: now, seen: ['a'] });
});

test('what comes up from below what there was room for is no news', () => {
  const seen = Array.from({ length: 30 }, (_, i) => `e${30 - i}`);
  const first = turnPage(undefined, seen, now).visits;
  assert.deepEqual(turnPage(first, ['e31', ...seen.slice(1), 'e0'], now + hour).fresh, ['e31']);
});
