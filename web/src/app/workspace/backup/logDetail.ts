import { writeSize } from '@/ui/size';
import { writeMoment } from '@/ui/time';

/** What the log keeps with an event, in a line: sizes and moments as people write them, the rest as it is. */
export function writeDetail(
  detail: Readonly<Record<string, unknown>> | null,
  around: { locale: string; zone: string; now: number },
): string {
  return Object.entries(detail ?? {})
    .flatMap(([name, value]) => {
      if (value === null || value === '' || typeof value === 'object' || toldElsewhere.has(name)) return [];
      if (name === 'size' && typeof value === 'number') return [writeSize(value, around.locale)];
      const text =
        typeof value === 'string' && isMoment(value)
          ? writeMoment(value, around.now, around.zone, around.locale)
          : name === 'error'
            ? String(value).replaceAll('_', ' ')
            : String(value);
      return [`${spaced(name)} ${text}`];
    })
    .join(' · ');
}

/** The hash stands with the backup, the verdict is the event's word. */
const toldElsewhere = new Set(['sha256', 'intact']);

const isMoment = (text: string) => /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text) && !Number.isNaN(Date.parse(text));

const spaced = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
