import assert from 'node:assert/strict';
import { test } from 'node:test';
import { calendarFile } from '../../static/assets/js/ics.js';

const stamp = new Date('2026-11-20T20:00:00.123Z');
const entry = { uid: 'a@b', on: '2026-12-01', zone: 'Europe/Oslo', summary: 'Launch', url: 'https://b.example/' };

test('each date is an event of one calendar', () => {
  const lines = calendarFile([entry, { ...entry, uid: 'c@b', on: '2026-12-02T09:00:00' }], stamp).split('\r\n');
  assert.deepEqual(lines.filter((line) => /^(UID|DTSTART|DTSTAMP|BEGIN:VEVENT|END)/u.test(line)), [
    'BEGIN:VEVENT', 'UID:a@b', 'DTSTAMP:20261120T200000Z', 'DTSTART;VALUE=DATE:20261201', 'END:VEVENT',
    'BEGIN:VEVENT', 'UID:c@b', 'DTSTAMP:20261120T200000Z', 'DTSTART:20261202T080000Z', 'END:VEVENT', 'END:VCALENDAR',
  ]);
});

test('what separates values is escaped, and lines are folded between characters', () => {
  const text = calendarFile([{ ...entry, summary: `a;b,c\\d\ne${'ü'.repeat(60)}` }], stamp);
  assert.ok(text.replaceAll('\r\n ', '').includes('SUMMARY:a\\;b\\,c\\\\d\\ne'));
  for (const line of text.split('\r\n')) assert.ok(new TextEncoder().encode(line).length <= 75, line);
});
