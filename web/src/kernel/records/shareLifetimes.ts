/** How long a link may live, in days. The server allows a year at most. */
export const lifetimes = [1, 7, 30, 90, 365] as const;

/** The instant a link of that many days ends; a minute early, so that a clock that runs fast stays within the year. */
export function endOf(days: string, now: number): string {
  return new Date(now + Number(days) * 86_400_000 - 60_000).toISOString();
}
