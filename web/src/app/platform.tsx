import type { ModuleDeclaration } from '@/kernel/modules';

/** Screens of the platform itself, for every tenant, below those of its modules. */
export const platform: ModuleDeclaration = {
  key: 'platform',
  name: { en: 'Organisation' },
  nouns: [],
  screens: [],
};
