import { expect, it } from 'vitest';
import { nextHour } from './nextHour';

it.each([
  ['a morning', '2026-11-18T09:20:00Z', '2026-11-18T11:00:00.000Z'],
  ['before the office opens', '2026-11-18T04:20:00Z', '2026-11-18T08:00:00.000Z'],
  ['an evening', '2026-11-18T18:20:00Z', '2026-11-19T08:00:00.000Z'],
  ['a Friday evening', '2026-11-20T16:20:00Z', '2026-11-23T08:00:00.000Z'],
  ['a Saturday', '2026-11-21T10:20:00Z', '2026-11-23T08:00:00.000Z'],
  ['a weekend on which the clock changes', '2026-10-24T10:20:00Z', '2026-10-26T08:00:00.000Z'],
])('proposes office hours on %s', (_, now, at) => expect(nextHour(Date.parse(now), 'Europe/Berlin')).toBe(at));
