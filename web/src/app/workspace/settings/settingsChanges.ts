export interface WorkspaceSettings {
  name: string;
  timeZone: string;
  modules: Record<string, Record<string, unknown>>;
  version: number;
}

/** What somebody changed in the form and has not saved; what is absent stays as it is. An emptied name is null. */
export interface Changes {
  name?: string | null;
  timeZone?: string;
  modules?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

/** The settings with these changes on top. */
export function withChanges(settings: WorkspaceSettings, changes: Changes) {
  return {
    name: changes.name === undefined ? settings.name : changes.name,
    timeZone: changes.timeZone ?? settings.timeZone,
    modules: Object.fromEntries(
      Object.entries(settings.modules).map(([key, values]) => [key, { ...values, ...changes.modules?.[key] }]),
    ),
  };
}

export function changeOf(changes: Changes, module: string, name: string, value: unknown): Changes {
  return { ...changes, modules: { ...changes.modules, [module]: { ...changes.modules?.[module], [name]: value } } };
}
