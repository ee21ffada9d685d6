import { expect, it } from 'vitest';
import { boundaryViolations } from './boundaries';

const folder = (path: string) => new URL(path, import.meta.url).pathname;

it('keeps the direction of the layers: app → modules → kernel → api, ui', () => {
  expect(boundaryViolations(folder('../src'))).toEqual([]);
});

it('finds every kind of import that goes the wrong way', () => {
  expect(boundaryViolations(folder('./fixtures/boundaries/src')).sort()).toEqual([
    'kernel/upwards.ts imports @/modules/one',
    'modules/one/index.ts imports ../two/secret',
    'modules/one/lazy.ts imports @/app/start',
    'modules/one/lazy.ts imports @/modules/two/secret',
    'ui/knows-api.ts imports ../kernel/upwards',
    'ui/knows-api.ts imports @/api/types.gen',
  ]);
});
