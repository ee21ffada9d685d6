// Fails when a cold sign-in page loads more JavaScript than allowed: the entry, the sign-in route, and all they import.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const budget = 180_000;
const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

const wanted = ['index.html', 'src/app/sign-in/SignIn.tsx'];
const chunks = new Set();
for (const key of wanted) {
  if (!manifest[key]) throw new Error(`The build has no "${key}": the budget would measure nothing.`);
  collect(key);
}

function collect(key) {
  if (chunks.has(key)) return;
  chunks.add(key);
  for (const next of manifest[key].imports ?? []) collect(next);
}

let total = 0;
for (const key of chunks) {
  const size = gzipSync(readFileSync(new URL(manifest[key].file, dist)), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1000).toFixed(1).padStart(8)} kB  ${manifest[key].file}`);
}
console.log(`${(total / 1000).toFixed(1).padStart(8)} kB  JavaScript of /login, of ${budget / 1000} kB allowed`);
if (total > budget) {
  console.error(
    'The sign-in page has grown past its budget. See what it imports: most things belong behind the sign-in.',
  );
  process.exit(1);
}
