import { createContext } from 'react';
import type { Noun } from './noun';

/** The nouns of all modules the tenant has, for screens that show records of any kind. */
export const AllNouns = createContext<readonly Noun[]>([]);
