const length = 86_400_000;

/** Days between 1970-01-01 and a civil date (yyyy-mm-dd): civil dates as numbers, so that they can be counted. */
export function dayNumber(day: string): number {
  return Math.round(Date.parse(`${day}T00:00:00Z`) / length);
}

/** The civil date (yyyy-mm-dd) of a day's number. */
export function dayAt(number: number): string {
  return new Date(number * length).toISOString().slice(0, 10);
}

/** That many days later. */
export function shiftDay(day: string, by: number): string {
  return dayAt(dayNumber(day) + by);
}

/** 1 is Monday, 7 is Sunday. */
export function weekdayOf(number: number): number {
  return ((((number + 3) % 7) + 7) % 7) + 1;
}
