import assert from 'node:assert/strict';
import { test } from 'node:test';

import { edge, share, stretch } from '../../static/assets/js/timeline.js';

test('a day stands in the middle of its own width', () => {
  assert.equal(share('2026-11-01', '2026-11-01', '2026-11-11'), 0.05);
  assert.equal(share('2026-11-10T09:00:00', '2026-11-01', '2026-11-11'), 0.95);
  assert.ok(share('2026-11-11', '2026-11-01', '2026-11-11') > 1);
});

test('what is past grows until today, and not beyond its end', () => {
  const quiet = (now) => stretch('past', '2026-11-03', '2026-11-20', now).join(' ');
  assert.equal(quiet('2026-11-02'), '2026-11-03 2026-11-03');
  assert.equal(quiet('2026-11-10T09:00:00'), '2026-11-03 2026-11-10');
  assert.equal(quiet('2026-12-01'), '2026-11-03 2026-11-20');
  assert.equal(stretch('past', '2026-11-20', '', '2026-12-01').join(' '), '2026-11-20 2026-12-01');
});

test('what is ahead begins with today, until nothing is left', () => {
  const ahead = (now) => stretch('ahead', '2026-11-03', '2026-11-20', now).join(' ');
  assert.equal(ahead('2026-11-02'), '2026-11-03 2026-11-20');
  assert.equal(ahead('2026-11-10T09:00:00'), '2026-11-10 2026-11-20');
  assert.equal(ahead('2026-12-01'), '2026-11-20 2026-11-20');
});

test('the word for today stays inside at both ends', () => {
  assert.deepEqual([0, 0.09, 0.1, 0.5, 0.9, 0.95].map(edge), ['start', 'start', '', '', '', 'end']);
});
