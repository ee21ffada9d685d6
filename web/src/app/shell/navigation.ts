import { entriesOf, type ModuleDeclaration, type NavigationEntry } from '@/kernel/modules';
import type { Access } from '@/kernel/session/permissions';

export interface NavigationGroup {
  /** Empty for what belongs to no module. */
  name: string;
  entries: readonly NavigationEntry[];
}

/** The screens a person may open, by module. */
export function navigation(modules: readonly ModuleDeclaration[], can: Access, locale: string): NavigationGroup[] {
  return modules
    .map(module => ({
      name: module.name[locale] ?? module.name.en,
      entries: entriesOf(module, locale).filter(entry => entry.page === null || can(entry.page, entry.level)),
    }))
    .filter(group => group.entries.length > 0);
}
