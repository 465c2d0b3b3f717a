import assert from 'node:assert/strict';
import { test } from 'node:test';

import { dayIn, sentAt } from '../../static/assets/js/moment.js';

test('a day is said in the order in which pages say it', () => {
  for (const [lang, want] of [
    ['en', '10 December 2026'], ['en-US', 'December 10, 2026'], ['de', '10. Dezember 2026'], ['no such language', '10 December 2026'],
  ]) assert.equal(dayIn(lang, '2026-12-10T09:30'), want, lang);
});

test('a reply is sent on the day of a page whose clock stands still, wherever the device is', () => {
  const now = new Date('2026-11-29T12:09:00Z');
  const zone = process.env.TZ;
  for (const [tz, main, want] of [
    ['Pacific/Auckland', {}, '2026-11-30T01:09:00+13:00'],
    ['America/St_Johns', { offset: '60' }, '2026-11-29T08:39:00-03:30'],
    ['Pacific/Auckland', { frozen: '2026-11-20', offset: '0' }, '2026-11-20T12:09:00+00:00'],
    ['Pacific/Honolulu', { frozen: '2026-11-20', offset: '-210' }, '2026-11-20T08:39:00-03:30'],
    ['Pacific/Auckland', { frozen: '2026-11-20T09:30:00', offset: '60' }, '2026-11-20T09:30:00+01:00'],
  ]) {
    process.env.TZ = tz;
    assert.equal(sentAt(now, main), want, tz);
  }
  process.env.TZ = zone ?? '';
});
