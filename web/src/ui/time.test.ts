import { describe, expect, it } from 'vitest';
import {
  daysFrom,
  readDuration,
  writeAgo,
  writeDate,
  writeDays,
  writeDuration,
  writeMoment,
  writeShortDate,
  writeSpan,
  writeWork,
} from './time';

const now = Date.parse('2026-11-20T23:30:00Z');
const today = '2026-11-20';

describe('a length of time', () => {
  it.each([
    [0, '0 minutes'],
    [15, '15 minutes'],
    [60, '1 hour'],
    [90, '90 minutes'],
    [1_440, '1 day'],
    [2_880, '2 days'],
    [10_080, '1 week'],
  ])('%d minutes are %s', (minutes, text) => expect(writeSpan(minutes, 'en')).toBe(text));
});

describe('how long ago', () => {
  it.each([
    ['2026-11-20T23:29:40Z', 'UTC', 'now'],
    ['2026-11-20T23:31:00Z', 'UTC', 'now'],
    ['2026-11-20T23:25:00Z', 'UTC', '5 min ago'],
    ['2026-11-20T20:29:00Z', 'UTC', '3 hr ago'],
    ['2026-11-19T23:29:00Z', 'UTC', '23:29'],
    ['2026-11-20T22:45:00Z', 'Europe/Berlin', '23:45'],
  ])('%s in %s is %s', (iso, zone, text) => expect(writeAgo(iso, now, zone, 'en')).toBe(text));
});

describe('a moment as people write it', () => {
  it.each([
    ['2026-11-20T14:30:00Z', 'UTC', 'Today 14:30'],
    ['2026-11-21T08:05:00Z', 'UTC', 'Tomorrow 08:05'],
    ['2026-11-19T08:05:00Z', 'UTC', 'Yesterday 08:05'],
    ['2026-11-26T09:00:00Z', 'UTC', 'Thu 26 Nov 09:00'],
    ['2025-11-26T09:00:00Z', 'UTC', '26 Nov 2025 09:00'],
    ['2026-11-20T23:45:00Z', 'Europe/Berlin', 'Today 00:45'],
    ['2026-11-20T22:45:00Z', 'Europe/Berlin', 'Yesterday 23:45'],
  ])('%s in %s is %s', (iso, zone, text) => expect(writeMoment(iso, now, zone, 'en')).toBe(text));

  it('counts civil days across a change of the clock', () => {
    const before = Date.parse('2026-10-24T22:30:00Z');
    expect(daysFrom(Date.parse('2026-10-26T00:30:00Z'), before, 'Europe/Berlin')).toBe(1);
  });
});

it('writes a civil date without a zone', () => expect(writeDate('2026-12-01', today, 'en')).toBe('Tue 1 Dec'));

it('begins with a small letter within a sentence', () => {
  expect(writeMoment('2026-11-20T14:30:00Z', now, 'UTC', 'en', true, 'within')).toBe('today 14:30');
  expect(writeMoment('2026-11-26T09:00:00Z', now, 'UTC', 'en', true, 'within')).toBe('Thu 26 Nov 09:00');
  expect(writeDate('2026-11-19', today, 'en', 'within')).toBe('yesterday');
});

it.each([
  ['2026-10-22', '2026-10-22', 'Thu 22 Oct'],
  ['2026-10-22', '2026-10-24', '22 – 24 Oct'],
  ['2026-11-30', '2026-12-02', '30 Nov – 2 Dec'],
  ['2025-10-22', '2025-10-24', '22 – 24 Oct 2025'],
  ['2026-12-30', '2027-01-02', '30 Dec 2026 – 2 Jan 2027'],
])('writes days from %s to %s as %s', (start, end, text) => {
  // Thin spaces differ between versions of the Unicode data.
  expect(writeDays(start, end, today, 'en').replace(/\s/g, ' ')).toBe(text);
});

it('writes a civil date short where there is little room', () => {
  expect(writeShortDate('2026-12-01', today, 'en')).toBe('1 Dec');
  expect(writeShortDate('2027-01-09', today, 'en')).toBe('9 Jan 27');
});

it.each([
  [0, '0:00'],
  [75, '1:15'],
  [3700, '1:01:40'],
])('writes %i seconds as %s', (seconds, text) => expect(writeDuration(seconds)).toBe(text));

it.each([
  [0, '0 min'],
  [45, '45 min'],
  [480, '8 h'],
  [510, '8 h 30 min'],
])('writes %i minutes of work as %s', (minutes, text) => expect(writeWork(minutes)).toBe(text));

describe('a length typed by hand', () => {
  it('is minutes and seconds, and a number alone is minutes', () => {
    expect(['2:30', '2', '1:00:05', ' 0:35 '].map(readDuration)).toEqual([150, 120, 3605, 35]);
  });

  it('is nothing when it is none of these', () => {
    expect(['', 'two', '-1', '1:2:3:4', '1.5'].map(readDuration)).toEqual([null, null, null, null, null]);
  });
});
