import type { Level, Me, SignedIn } from '@/api/types.gen';

export type { Level, Me, SignedIn };
