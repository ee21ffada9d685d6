/** A day as it was typed, which the calendar need not have. */
export interface TypedDay {
  year: number;
  month: number;
  day: number;
}

/** How many days the month has, where the typed one is not among them: a date field then takes the month's last day. */
export function mendedTo({ year, month, day }: TypedDay): number | null {
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  return day > last ? last : null;
}

/** What stands in the segments of a date field; null until all are there. */
export function typedDay(field: Element): TypedDay | null {
  const number = (type: string) => Number(field.querySelector(`[data-type=${type}][aria-valuenow]`)?.ariaValueNow);
  const [year, month, day] = [number('year'), number('month'), number('day')];
  return year && month && day ? { year, month, day } : null;
}
