import type { ExchangeColumn } from '../contract';

/** An empty file with a column for each field. */
export function templateOf(fields: readonly ExchangeColumn[]): string {
  return `${fields.map(field => field.field).join(',')}\r\n`;
}
