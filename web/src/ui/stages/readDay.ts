import { dayAt, dayNumber, shiftDay } from '../days';

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/**
 * The civil date of what somebody typed, or null when it is none: "2026-03-12", "12.3.", "12/3/26", "12 mar", "12" (of
 * the month of `near`), "today", "+7" and "-2" (days from `near`). The day comes before the month, as it is written on
 * the screen. Without a year it is the one that lies nearest to `near`.
 */
export function readDay(text: string, near: string, today: string): string | null {
  const typed = text.trim().toLowerCase();
  if (typed === 'today' || typed === 't') return today;
  if (/^[+-]\d{1,4}$/.test(typed)) return shiftDay(near, Number(typed));
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed);
  if (iso) return civil(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts = /^(\d{1,2})(?:[./ -]+(?:(\d{1,2})|([a-zà-ÿ]{3,9})\.?)[./ -]*(\d{4}|\d{2})?)?\.?$/.exec(typed);
  if (!parts) return null;
  const day = Number(parts[1]);
  const nearYear = Number(near.slice(0, 4));
  if (parts[2] === undefined && parts[3] === undefined) return civil(nearYear, Number(near.slice(5, 7)), day);
  const month = parts[3] === undefined ? Number(parts[2]) : months.indexOf(parts[3].slice(0, 3)) + 1;
  if (parts[4] !== undefined)
    return civil(parts[4].length === 2 ? 2000 + Number(parts[4]) : Number(parts[4]), month, day);
  const target = dayNumber(near);
  const found = [nearYear - 1, nearYear, nearYear + 1]
    .map(year => civil(year, month, day))
    .filter(one => one !== null)
    .sort((a, b) => Math.abs(dayNumber(a) - target) - Math.abs(dayNumber(b) - target));
  return found[0] ?? null;
}

function civil(year: number, month: number, day: number): string | null {
  if (year < 1900 || year > 2200) return null;
  const two = (value: number) => String(value).padStart(2, '0');
  const text = `${year}-${two(month)}-${two(day)}`;
  const number = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(number) && dayAt(dayNumber(text)) === text ? text : null;
}
