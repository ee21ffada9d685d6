import { createContext } from 'react';
import type { ModuleDeclaration } from './modules';

/** The modules the tenant has, for screens that show something of each of them. */
export const LoadedModules = createContext<readonly ModuleDeclaration[]>([]);
