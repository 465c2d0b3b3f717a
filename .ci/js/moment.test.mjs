import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dayIn } from '../../static/assets/js/moment.js';

test('a day is said in the order in which pages say it', () => {
  for (const [lang, want] of [
    ['en', '10 December 2026'], ['en-US', 'December 10, 2026'], ['de', '10. Dezember 2026'], ['no such language', '10 December 2026'],
  ]) assert.equal(dayIn(lang, '2026-12-10T09:30'), want, lang);
});
