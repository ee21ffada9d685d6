import type { ModuleDeclaration } from '../modules';
import type { Noun } from '../records/noun';

const root = '/api/v1/';

/** What the exchange calls a noun: "recruiting/candidates". */
export const exchangeName = (noun: Pick<Noun, 'path'>) => noun.path.slice(root.length);

export function nounOfExchange(modules: readonly ModuleDeclaration[], name: string): Noun | undefined {
  return modules.flatMap(module => module.nouns).find(noun => exchangeName(noun) === name);
}

/** Address of a noun's imports, of one of them, or of a step of it. */
export function importPath(noun: Pick<Noun, 'nav'>, id?: string, step?: string): string {
  return [noun.nav.path, 'import', id, step].filter(Boolean).join('/');
}
