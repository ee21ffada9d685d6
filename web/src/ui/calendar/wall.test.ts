import { describe, expect, it } from 'vitest';
import { instantOf, monthOf, wallOf, weekOf } from './wall';

const berlin = 'Europe/Berlin';

describe('wall time in a zone', () => {
  it('can be read and set back', () => {
    const instant = Date.parse('2026-11-20T22:45:00Z');
    expect(wallOf(instant, berlin)).toEqual({ day: '2026-11-20', minute: 23 * 60 + 45 });
    expect(instantOf(wallOf(instant, berlin), berlin)).toBe(instant);
  });

  it('moves on in the hour that the clock skips', () => {
    const skipped = instantOf({ day: '2026-03-29', minute: 2 * 60 + 30 }, berlin);
    expect(wallOf(skipped, berlin)).toEqual({ day: '2026-03-29', minute: 3 * 60 + 30 });
  });

  it('carries minutes over midnight', () => {
    expect(new Date(instantOf({ day: '2026-12-31', minute: 1500 }, 'UTC')).toISOString()).toBe(
      '2027-01-01T01:00:00.000Z',
    );
  });
});

it('starts weeks on Monday', () => {
  expect([weekOf('2026-11-22')[0], weekOf('2026-11-23')[0]]).toEqual(['2026-11-16', '2026-11-23']);
});

it('shows all weeks of a month, and no more', () => {
  expect(monthOf('2026-02-10').map(week => week[0])).toEqual([
    '2026-01-26',
    '2026-02-02',
    '2026-02-09',
    '2026-02-16',
    '2026-02-23',
  ]);
});
