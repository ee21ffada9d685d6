import { readFileSync } from 'node:fs';
import { defineConfig } from '@hey-api/openapi-ts';

const input = '../openapi/v1.json';

interface Operation {
  operationId?: string;
  tags?: string[];
}

const document = JSON.parse(readFileSync(new URL(input, import.meta.url), 'utf8')) as {
  paths: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, unknown> };
};

// One file per tag and kind: a bundler keeps every schema of a file once one of them is imported, and one file lies in
// one chunk, so a single file would load all nouns with the first form.
const fileOf: Readonly<Record<string, string>> = { zod: 'zod', sdk: 'sdk', '@tanstack/react-query': 'queries' };

const tagOfOperation = new Map<string, string>();
const tagsOfSchema = new Map<string, Set<string>>();
for (const operations of Object.values(document.paths)) {
  for (const operation of Object.values(operations)) {
    const [tag] = operation.tags ?? [];
    if (!operation.operationId || !tag) continue;
    tagOfOperation.set(operation.operationId, tag);
    reach(operation, tag, new Set());
  }
}

/** Follows references, so that a schema is known to belong to every tag that can reach it. */
function reach(node: unknown, tag: string, seen: Set<string>): void {
  if (typeof node !== 'object' || node === null) return;
  for (const [key, value] of Object.entries(node)) {
    if (key !== '$ref' || typeof value !== 'string') {
      reach(value, tag, seen);
      continue;
    }
    if (seen.has(value)) continue;
    seen.add(value);
    tagsOfSchema.set(value, (tagsOfSchema.get(value) ?? new Set()).add(tag));
    reach(document.components?.schemas?.[value.split('/').at(-1) ?? ''], tag, seen);
  }
}

function soleTag(schema: string): string | undefined {
  const tags = tagsOfSchema.get(schema);
  return tags?.size === 1 ? [...tags][0] : undefined;
}

export default defineConfig({
  // A path without "./" or "../" is taken for the shorthand of a cloud service.
  input,
  output: { path: 'src/api', clean: true, entryFile: false },
  parser: {
    hooks: {
      symbols: {
        getFilePath(symbol) {
          const meta = symbol.meta as {
            tool?: string;
            resource?: string;
            resourceId?: string;
            tags?: readonly string[];
          };
          const file = fileOf[meta.tool ?? ''];
          if (!file || !meta.resourceId) return undefined;
          const tag =
            meta.resource === 'operation'
              ? (meta.tags?.[0] ?? tagOfOperation.get(meta.resourceId))
              : soleTag(meta.resourceId);
          return tag && `${tag}/${file}`;
        },
      },
    },
  },
  plugins: [
    '@hey-api/client-fetch',
    '@hey-api/typescript',
    { name: '@hey-api/sdk', operations: 'flat' },
    { name: 'zod', compatibilityVersion: 'mini', requests: true, responses: false },
  ],
});
