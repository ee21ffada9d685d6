import type { ModuleDeclaration } from '@/kernel/modules';
import { modules } from '../modules';
import { platform } from '../workspace';
import { home } from '../workspace/home';

const key = 'tessera-modules';
const loaded = new Map<string, Promise<ModuleDeclaration[]>>();

/** The tenant's modules in the order of the sidebar: their dashboard before them, the platform behind them. The same promise for the same keys. */
export function loadModules(keys: readonly string[]): Promise<ModuleDeclaration[]> {
  const wanted = Object.keys(modules).filter(name => keys.includes(name));
  const id = wanted.join();
  let promise = loaded.get(id);
  if (!promise) {
    promise = Promise.all(wanted.map(name => modules[name]?.().then(module => module.default))).then(all => {
      const found = all.filter(module => module !== undefined);
      return [...(found.some(module => module.dashboard) ? [home] : []), ...found, platform];
    });
    // A failed load must not stay failed.
    promise.catch(() => loaded.delete(id));
    loaded.set(id, promise);
  }
  localStorage.setItem(key, JSON.stringify(keys));
  return promise;
}

/** Starts loading what was needed last time, while the session is still being found out. */
export function loadLikelyModules() {
  try {
    const keys: unknown = JSON.parse(localStorage.getItem(key) ?? '[]');
    if (Array.isArray(keys) && keys.length > 0) loadModules(keys.map(String)).catch(() => undefined);
  } catch {
    localStorage.removeItem(key);
  }
}
