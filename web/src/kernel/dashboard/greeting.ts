/** Part of the day at an instant in a zone. */
export function partOfDay(now: number, timeZone: string): 'morning' | 'afternoon' | 'evening' {
  const hour = Number(new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' }).format(now));
  if (hour >= 4 && hour < 12) return 'morning';
  return hour >= 12 && hour < 18 ? 'afternoon' : 'evening';
}

/** What one calls somebody by: the first word of the name. */
export const firstName = (fullName: string) => fullName.trim().split(/\s+/)[0] ?? fullName;
