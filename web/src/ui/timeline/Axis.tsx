import { useLocale, useTranslations } from 'use-intl';
import { left, type Scale, type Tick, ticks } from './scale';

const language = (locale: string) => (locale === 'en' ? 'en-GB' : locale);

/** The dates over a timeline: the part in sight of them. */
export function Axis(props: { scale: Scale; from: number; to: number; today: string }) {
  const { scale, from, to } = props;
  const t = useTranslations('ui');
  const locale = language(useLocale());
  const write = (options: Intl.DateTimeFormatOptions) => {
    const format = new Intl.DateTimeFormat(locale, { timeZone: 'UTC', ...options });
    return (day: string) => format.format(Date.parse(day));
  };
  const month = write({ month: 'long', year: 'numeric' });
  const [above, below] = {
    months: [
      { unit: 'year' as const, write: write({ year: 'numeric' }) },
      { unit: 'month' as const, write: write({ month: 'short' }) },
    ] as const,
    weeks: [
      { unit: 'month' as const, write: month },
      { unit: 'week' as const, write: write({ day: 'numeric', month: 'short' }) },
    ] as const,
    days: [
      { unit: 'month' as const, write: month },
      { unit: 'day' as const, write: write({ weekday: 'narrow', day: 'numeric' }) },
    ] as const,
  }[scale.zoom];
  return (
    <div className="timeline-axis" style={{ width: scale.days * scale.day }} aria-hidden="true">
      <Line ticks={ticks(scale, above.unit, from, to)} write={above.write} className="timeline-axis__above" />
      <Line ticks={ticks(scale, below.unit, from, to)} write={below.write} className="timeline-axis__below" />
      <span className="timeline-axis__today" style={{ left: left(scale, props.today) + scale.day / 2 }}>
        {t('today')}
      </span>
    </div>
  );
}

function Line(props: { ticks: readonly Tick[]; write: (day: string) => string; className: string }) {
  return (
    <div className={props.className}>
      {props.ticks.map(tick => (
        <span key={tick.day} style={{ left: tick.x, width: tick.width }}>
          <span>{tick.width < 22 ? '' : props.write(tick.day)}</span>
        </span>
      ))}
    </div>
  );
}
