// Dates as an iCalendar file, after RFC 5545.

import { utf8 } from './bytes.js';
import { instantOf } from './moment.js';

/**
 * @typedef {object} Entry
 * @property {string} uid the same each time for the same thing, so that a calendar
 *   takes the second file for a change of the first
 * @property {string} on a date, or a date and time in the zone
 * @property {string} zone an IANA name
 * @property {string} summary
 * @property {string} url
 */

/** Of a line, in octets, without its end. */
const width = 75;

/**
 * @param {Entry[]} entries
 * @param {Date} stamp when the file is made
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
    start(entry),
    `SUMMARY:${escaped(entry.summary)}`,
    `URL:${entry.url}`,
    'END:VEVENT',
  ];
}

/** @param {Entry} entry */
function start({ on, zone }) {
  if (on.length > 10) {
    try {
      return `DTSTART:${inUTC(instantOf(on, zone))}`;
    } catch {
      // Of a zone that the browser does not know, the day is all that is certain.
    }
  }
  return `DTSTART;VALUE=DATE:${on.slice(0, 10).replaceAll('-', '')}`;
}

/** @param {Date} instant */
function inUTC(instant) {
  return instant.toISOString().replace(/\.\d+/u, '').replace(/[-:]/gu, '');
}

/**
 * Text as a value: on one line, and with what separates values escaped.
 * @param {string} text
 */
function escaped(text) {
  return text.replace(/[\\;,]/gu, '\\$&').replace(/\r\n?|\n/gu, '\\n').replace(/[\u0000-\u001f\u007f]/gu, ' ');
}

/**
 * A line as lines of at most 75 octets, none of which ends within a character; those
 * after the first begin with a space.
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
