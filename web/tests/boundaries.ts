import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import ts from 'typescript';

/** app → modules → kernel → api, ui. A module may import itself, never another one. */
const allowed: Record<string, readonly string[]> = {
  app: ['app', 'modules', 'kernel', 'api', 'ui'],
  modules: ['kernel', 'api', 'ui'],
  kernel: ['kernel', 'api', 'ui'],
  ui: ['ui'],
  api: ['api'],
};

/** Every import that goes against the direction of the layers, as a sentence. Resolved files, not written paths. */
export function boundaryViolations(src: string): string[] {
  return sources(src).flatMap(file =>
    importsOf(file)
      .map(specifier => ({ specifier, target: resolveImport(src, file, specifier) }))
      .filter(({ target }) => target !== null && !mayImport(place(src, file), place(src, target)))
      .map(({ specifier }) => `${relative(src, file)} imports ${specifier}`),
  );
}

function mayImport(from: Place, to: Place): boolean {
  if (from.layer === 'modules' && to.layer === 'modules') return from.module === to.module;
  return allowed[from.layer]?.includes(to.layer) ?? false;
}

interface Place {
  layer: string;
  module: string | undefined;
}

function place(src: string, file: string): Place {
  const [layer = '', module] = relative(src, file).split('/');
  return { layer, module };
}

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sources(path);
    return /\.tsx?$/.test(entry.name) && !entry.name.endsWith('.d.ts') ? [path] : [];
  });
}

function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(file, 'utf8'), true, true);
  return importedFiles.map(one => one.fileName);
}

function resolveImport(src: string, file: string, specifier: string): string | null {
  const base = specifier.startsWith('@/')
    ? join(src, specifier.slice(2))
    : specifier.startsWith('.')
      ? resolve(dirname(file), specifier)
      : null;
  if (base === null) return null;
  const candidates = [base, `${base}.ts`, `${base}.tsx`, join(base, 'index.ts'), join(base, 'index.tsx')];
  // What does not exist is the compiler's affair, but it still names its layer.
  return candidates.find(path => existsSync(path) && statSync(path).isFile()) ?? base;
}
