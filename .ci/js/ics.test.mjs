import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile } from '../../static/assets/js/ics.js';

const stamp = new Date('2026-11-20T20:00:00.123Z');
const entry = { uid: 'a@b', on: '2026-12-01', zone: 'Europe/Oslo', summary: 'Launch', url: 'https://b.example/' };

test('each date is an event of one calendar', () => {
  const lines = calendarFile([entry, { ...entry, uid: 'c@b', on: '2026-12-02T09:00:00' }], stamp).split('\r\n');
  assert.deepEqual(lines.filter((line) => /^(UID|DTSTART|DTEND|DTSTAMP|BEGIN:VEVENT|END)/u.test(line)), [
    'BEGIN:VEVENT', 'UID:a@b', 'DTSTAMP:20261120T200000Z', 'DTSTART;VALUE=DATE:20261201',
    'DTEND;VALUE=DATE:20261202', 'END:VEVENT',
    'BEGIN:VEVENT', 'UID:c@b', 'DTSTAMP:20261120T200000Z', 'DTSTART:20261202T080000Z',
    'DTEND:20261202T083000Z', 'END:VEVENT', 'END:VCALENDAR',
  ]);
});

test('what separates values is escaped, and lines are folded between characters', () => {
  const text = calendarFile([{ ...entry, summary: `a;b,c\\d\ne${'ü'.repeat(60)}` }], stamp);
  assert.ok(text.replaceAll('\r\n ', '').includes('SUMMARY:a\\;b\\,c\\\\d\\ne'));
  for (const line of text.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75, line);
});

test('a date that has moved takes the place of the one before', () => {
  const said = (/** @type {string | undefined} */ revised) => calendarFile([{ ...entry, revised }], stamp).split('\r\n')
    .filter((line) => /^(SEQUENCE|LAST-MODIFIED)/u.test(line));
  assert.deepEqual(said('1 2026-11-03'), ['SEQUENCE:1', 'LAST-MODIFIED:20261103T000000Z']);
  assert.deepEqual(said('2 2026-11-18'), ['SEQUENCE:2', 'LAST-MODIFIED:20261118T000000Z']);
  assert.deepEqual(said(undefined), ['SEQUENCE:0', 'LAST-MODIFIED:20261120T200000Z']);
});

test('the end is on the next day, across months and years', () => {
  for (const [on, end] of [['2026-12-31', '20270101'], ['2028-02-28', '20280229'], ['2026-03-29', '20260330']]) {
    assert.ok(calendarFile([{ ...entry, on }], stamp).includes(`DTEND;VALUE=DATE:${end}\r\n`));
  }
});
