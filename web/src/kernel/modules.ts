import type { ComponentType, SVGProps } from 'react';
import type { Noun } from './records/noun';

export type Icon = ComponentType<SVGProps<SVGSVGElement>>;

/** One entry of the sidebar and the palette: a screen behind a page of the permission matrix. */
export interface NavigationEntry {
  /** `null` for a screen everybody has who is signed in. */
  page: string | null;
  /** Level on the page without which nobody is led here; read when left out. */
  level?: 'read' | 'write' | undefined;
  path: string;
  label: string;
  icon: Icon;
  order: number;
  /** Verb of the palette that leads to `<path>/new`, for those who may write. */
  create?: string;
  /** Where the palette finds its records; they open at `<path>/<id>`. */
  lookup?: string;
  /** Key after `g` that leads here. */
  go?: string | undefined;
}

/** A screen that is not a noun's list. */
export interface OwnScreen extends NavigationEntry {
  /** Reached from elsewhere, not from the sidebar. */
  hidden?: true;
  /** Loaded when it is first opened. */
  Component: ComponentType;
}

/** What the control of a module's own setting gets. */
export interface OwnSettingProps {
  label: string;
  help: string | undefined;
  value: unknown;
  onChange: (value: unknown) => void;
  disabled: boolean;
  error: string | undefined;
}

/** Something a workspace may choose about a module. */
export interface ModuleSetting {
  /** Its name in `modules.<module>` of the workspace's settings. */
  name: string;
  kind: 'number' | 'flag' | 'text' | 'own';
  /** The control of a setting of kind "own"; loaded with the settings. */
  Component?: ComponentType<OwnSettingProps>;
  /** By language. */
  label: { en: string } & Readonly<Record<string, string>>;
  help?: { en: string } & Readonly<Record<string, string>>;
  min?: number;
  max?: number;
}

/** A module's part of the workspace's one dashboard. */
export interface DashboardPart {
  /** Loaded when the dashboard is opened. `name` is the module's, where the page shows several and they must be told apart. */
  Component: ComponentType<{ name: string | null }>;
  /** What people begin with here: a button of the page, for those who may write `page`. */
  action?: { page: string; to: string; icon: Icon; label: string };
}

/** What a module is made of. Everything in it is loaded when a tenant that has the module is entered. */
export interface ModuleDeclaration {
  /** Key of the tenant's module list. */
  key: string;
  /** By language. */
  name: { en: string } & Readonly<Record<string, string>>;
  nouns: readonly Noun[];
  screens: readonly OwnScreen[];
  dashboard?: DashboardPart;
  settings?: readonly ModuleSetting[];
  /** Texts of its own screens. */
  messages?: Readonly<Record<string, unknown>>;
}

/** The declaration of a module. `nouns` may come straight from `import.meta.glob`. */
export function defineModule(
  declaration: Omit<ModuleDeclaration, 'nouns'> & { nouns: Readonly<Record<string, Noun>> },
): ModuleDeclaration {
  return { ...declaration, nouns: Object.values(declaration.nouns) };
}

/** The entries a module puts into the sidebar. */
export function entriesOf(module: ModuleDeclaration, locale: string): NavigationEntry[] {
  const nouns = module.nouns
    .filter(noun => !noun.nav.hidden)
    .map(({ nav, page, path, words, unnamed }): NavigationEntry => {
      const { many, create } = words[locale] ?? words.en;
      return {
        page,
        level: nav.level,
        path: nav.path,
        label: many,
        icon: nav.icon,
        order: nav.order,
        go: nav.go,
        create,
        ...(unnamed ? {} : { lookup: `${path}/lookup` }),
      };
    });
  return [...module.screens.filter(screen => !screen.hidden), ...nouns].sort((a, b) => a.order - b.order);
}
