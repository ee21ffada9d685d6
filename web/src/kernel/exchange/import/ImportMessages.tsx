import type { ReactNode } from 'react';
import { useLocale, useTimeZone } from 'use-intl';
import { Messages } from '../../i18n/Messages';
import messages from '../../messages/import.en.json';

/** The texts of importing, around its screen and around the questions it asks. */
export function ImportMessages({ children }: { children: ReactNode }) {
  return (
    <Messages add={messages} locale={useLocale()} timeZone={useTimeZone() ?? 'UTC'}>
      {children}
    </Messages>
  );
}
