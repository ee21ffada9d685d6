import { describe, expect, it } from 'vitest';
import { kinds, readKinds, toggled } from './calendarKinds';

describe('kinds of dates in the address', () => {
  it('are all of them when it names none, or none that is known', () => {
    expect([...readKinds(null)]).toEqual(kinds);
    expect([...readKinds('premiere')]).toEqual(kinds);
  });

  it('are those it names, in the order of the screen', () => {
    expect([...readKinds('milestone,shoot,x')]).toEqual(['shoot', 'milestone']);
  });

  it('are written without one that is switched off, and not at all once all are on again', () => {
    const some = toggled(readKinds(null), 'grade');
    expect(some).toBe('shoot,mix,delivery,milestone');
    expect(toggled(readKinds(some), 'grade')).toBeNull();
  });

  it('keep the last one', () => {
    expect(toggled(readKinds('mix'), 'mix')).toBe('mix');
  });
});
