import type { ModuleDeclaration } from '@/kernel/modules';

/** The modules of this installation, in the order of the sidebar. Each is loaded when a tenant that has it is entered. */
export const modules: Readonly<Record<string, () => Promise<{ default: ModuleDeclaration }>>> = {
  production: () => import('@/modules/production'),
  recruiting: () => import('@/modules/recruiting'),
};
