import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { I18nProvider } from 'react-aria-components/I18nProvider';
import { IntlProvider } from 'use-intl';

type Catalogue = Readonly<Record<string, unknown>>;

const Known = createContext<Catalogue>({});

/** Adds a part's catalogue to those of the parts around it. The sign-in page loads only its own. */
export function Messages(props: { add: Catalogue; locale: string; timeZone?: string; children: ReactNode }) {
  const around = useContext(Known);
  const messages = useMemo(() => ({ ...around, ...props.add }), [around, props.add]);
  const timeZone = props.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <Known value={messages}>
      <IntlProvider locale={props.locale} timeZone={timeZone} messages={messages as never}>
        {/* Date and number fields of the kit follow the same locale, else they show mm/dd/yyyy. */}
        <I18nProvider locale={props.locale === 'en' ? 'en-GB' : props.locale}>{props.children}</I18nProvider>
      </IntlProvider>
    </Known>
  );
}
