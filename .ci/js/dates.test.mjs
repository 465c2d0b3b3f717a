import assert from 'node:assert/strict';
import { test } from 'node:test';
import { agoToday, daysBetween, inWords, isPast } from '../../static/assets/js/dates.js';
import { clockIn, instantOf, relativeIn } from '../../static/assets/js/moment.js';

test('days between dates, whatever their hours', () => {
  for (const [from, to, days] of [
    ['2026-11-20', '2026-11-20', 0], ['2026-11-20T23:59:00', '2026-11-21', 1], ['2026-03-28', '2026-03-30', 2], ['2027-01-01', '2026-12-31', -1],
  ]) assert.equal(daysBetween(from, to), days, `${from} to ${to}`);
});

test('a day has passed when it is over, an hour when it was', () => {
  for (const [now, due, past] of [
    ['2026-11-20T23:59:59', '2026-11-20', false], ['2026-11-21T00:00:00', '2026-11-20', true],
    ['2026-11-20T12:00:00', '2026-11-20T12:00:00', false], ['2026-11-20T12:00:01', '2026-11-20T12:00:00', true],
    ['2026-11-20', '2026-11-20T09:00:00', false],
  ]) assert.equal(isPast(now, due), past, `${due} at ${now}`);
});

test('how far off is told as closely as one tells it', () => {
  const en = relativeIn('en');
  for (const [days, said] of [
    [0, 'today'], [1, 'tomorrow'], [-1, 'yesterday'], [13, 'in 13 days'], [14, 'in 2 weeks'], [-59, '8 weeks ago'], [60, 'in 2 months'],
    [-729, '24 months ago'], [-730, '2 years ago'],
  ]) assert.equal(inWords(days, en), said);
  assert.equal(agoToday('2026-11-20T12:40:00', '2026-11-20T12:00:00', en), '40 minutes ago');
  assert.equal(agoToday('2026-11-20T15:30:00', '2026-11-20T12:00:00', en), '3 hours ago');
  assert.equal(relativeIn('no such language').format(1, 'day'), 'tomorrow');
});

test('a clock in a zone, and back', () => {
  for (const [zone, instant, shown] of [
    ['Europe/Oslo', '2026-07-01T10:00:00.000Z', '2026-07-01T12:00:00'], ['America/St_Johns', '2026-01-01T00:00:00.000Z', '2025-12-31T20:30:00'],
  ]) {
    assert.equal(clockIn(zone, new Date(instant), 0), shown);
    assert.equal(instantOf(shown, zone).toISOString(), instant);
  }
  assert.equal(clockIn('Nowhere/Else', new Date('2026-07-01T10:00:00Z'), 90), '2026-07-01T11:30:00');
  assert.throws(() => instantOf('2026-07-01T12:00:00', 'Nowhere/Else'), RangeError);
});

test('an hour that comes twice is the first, one that is left out is as much later', () => {
  assert.equal(instantOf('2026-10-25T02:30:00', 'Europe/Oslo').toISOString(), '2026-10-25T00:30:00.000Z');
  assert.equal(instantOf('2026-03-29T02:30:00', 'Europe/Oslo').toISOString(), '2026-03-29T01:30:00.000Z');
});
