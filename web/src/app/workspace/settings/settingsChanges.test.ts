import { expect, it } from 'vitest';
import { changeOf, withChanges } from './settingsChanges';

const settings = {
  name: 'Brightdesk',
  timeZone: 'Europe/Berlin',
  modules: { recruiting: { pause: 0, moveOn: false } },
  version: 3,
};

it('shows what is saved where nothing was changed here', () => {
  const { version: _, ...saved } = settings;
  expect(withChanges(settings, {})).toEqual(saved);
});

it('keeps what was changed here when others save the rest', () => {
  const mine = changeOf({ name: null }, 'recruiting', 'pause', 15);
  const theirs = {
    ...settings,
    timeZone: 'Europe/Oslo',
    modules: { recruiting: { pause: 5, moveOn: true } },
    version: 4,
  };
  expect(withChanges(theirs, mine)).toEqual({
    name: null,
    timeZone: 'Europe/Oslo',
    modules: { recruiting: { pause: 15, moveOn: true } },
  });
});
