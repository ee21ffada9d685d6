import type { CSSProperties } from 'react';

const hues = [25, 90, 155, 250, 305];

export function initials(name: string): string {
  const words = name.trim().split(/\s+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : words;
  return letters.map(word => [...(word ?? '')][0]?.toLocaleUpperCase() ?? '').join('');
}

function hueOf(name: string): number {
  let sum = 0;
  for (const letter of name) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) >>> 0;
  return hues[sum % hues.length] ?? 250;
}

/** Initials on a hue of the name. Decoration beside the written name, so hidden from screen readers. */
export function Avatar({ name, size = 20 }: { name: string; size?: number }) {
  const style = { '--hue': hueOf(name), width: size, height: size, fontSize: Math.max(8, Math.round(size * 0.42)) };
  return (
    <span aria-hidden="true" className="avatar-round" style={style as CSSProperties}>
      {initials(name)}
    </span>
  );
}

export function Person({ name, size }: { name: string; size?: number }) {
  return (
    <span className="flex min-w-0 items-center gap-2">
      <Avatar name={name} {...(size === undefined ? {} : { size })} />
      <span className="truncate">{name}</span>
    </span>
  );
}
