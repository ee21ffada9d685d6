import { zodResolver } from '@hookform/resolvers/zod';
import type { Resolver } from 'react-hook-form';
import { config } from 'zod/v4/core';

// Compiling schemas needs eval, which the page's policy forbids.
config({ jitless: true });

/** A generated schema as the form library takes it. Loaded with the first form. */
export function schemaResolver(schema: unknown): Resolver<Record<string, unknown>> {
  return zodResolver(schema as never) as unknown as Resolver<Record<string, unknown>>;
}
