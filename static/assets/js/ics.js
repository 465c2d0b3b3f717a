// Dates as an iCalendar file, after RFC 5545.

import { utf8 } from './bytes.js';
import { instantOf } from './moment.js';

/**
 * @typedef {object} Entry
 * @property {string} uid always the same for one thing, so that a calendar takes a second file
 * for a change
 * @property {string} on a date, or a date and time in the zone
 * @property {string} zone an IANA name
 * @property {string} summary
 * @property {string} url
 * @property {string} [revised] how often its date was set and the last day of that, such as "2
 * 2026-11-18"; a calendar takes the file with the greater number
 */

/** The length of an entry with a time of day, in milliseconds. */
const lasts = 30 * 60 * 1000;

/** The greatest length of a line, in octets, without its end. */
const width = 75;

/**
 * @param {Entry[]} entries
 * @param {Date} stamp the time at which the file is made
 * @returns {string}
 */
export function calendarFile(entries, stamp) {
  return [
    'BEGIN:VCALENDAR', 'VERSION:2.0', 'PRODID:-//portalgen//portalgen//EN',
    ...entries.flatMap((entry) => event(entry, stamp)),
    'END:VCALENDAR',
  ].map((line) => `${fold(line)}\r\n`).join('');
}

/**
 * @param {Entry} entry
 * @param {Date} stamp
 */
function event(entry, stamp) {
  return [
    'BEGIN:VEVENT',
    `UID:${escaped(entry.uid)}`,
    `DTSTAMP:${inUTC(stamp)}`,
    ...span(entry),
    ...revision(entry, stamp),
    `SUMMARY:${escaped(entry.summary)}`,
    `URL:${entry.url}`,
    'END:VEVENT',
  ];
}

/** @param {Entry} entry */
function span({ on, zone }) {
  if (on.length > 10) {
    try {
      const start = instantOf(on, zone);
      return [`DTSTART:${inUTC(start)}`, `DTEND:${inUTC(new Date(start.getTime() + lasts))}`];
    } catch {
      // For a zone that the browser does not know, only the day is certain.
    }
  }
  const day = new Date(`${on.slice(0, 10)}T00:00:00Z`);
  const next = new Date(day.getTime() + 24 * 60 * 60 * 1000);
  return [`DTSTART;VALUE=DATE:${inUTC(day).slice(0, 8)}`, `DTEND;VALUE=DATE:${inUTC(next).slice(0, 8)}`];
}

/**
 * @param {Entry} entry
 * @param {Date} stamp
 */
function revision({ revised }, stamp) {
  const [times, day] = revised?.split(' ') ?? [];
  const at = day ? new Date(`${day}T00:00:00Z`) : stamp;
  return [`SEQUENCE:${times || 0}`, `LAST-MODIFIED:${inUTC(at)}`];
}

/** @param {Date} instant */
function inUTC(instant) {
  return instant.toISOString().replace(/\.\d+/u, '').replace(/[-:]/gu, '');
}

/**
 * Text as a value: on one line, with separators escaped.
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/[\\;,]/gu, '\\$&').replace(/\r\n?|\n/gu, '\\n').replace(/[\u0000-\u001f\u007f]/gu, ' ');
}

/**
 * Splits a line into lines of at most 75 octets, never inside a character. Lines after the first
 * begin with a space.
 * @param {string} line
 */
function fold(line) {
  let out = '';
  let used = 0;
  for (const character of line) {
    const size = utf8(character).length;
    if (used + size > width) {
      out += '\r\n ';
      used = 1;
    }
    out += character;
    used += size;
  }
  return out;
}
