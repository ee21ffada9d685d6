import Check from '@heroicons/react/16/solid/CheckIcon';
import { useEffect, useRef } from 'react';
import { Link, useNavigationType } from 'react-router';
import { useTranslations } from 'use-intl';

export interface Step {
  id: string;
  name: string;
  /** Where the step is; without it the step can't be opened now. */
  href?: string | undefined;
}

/**
 * The steps of a longer way: which are behind, where one is, and what still comes. The button that led on goes with its
 * step: the new one takes the focus, so that keys go on from there instead of from the top of the page.
 */
export function Stepper(props: { label: string; steps: readonly Step[]; current: string }) {
  const t = useTranslations('ui');
  const came = useNavigationType();
  const here = useRef<HTMLSpanElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is what the focus follows
  useEffect(() => {
    if (came !== 'POP' && document.activeElement === document.body) here.current?.focus();
  }, [props.current, came]);
  const at = props.steps.findIndex(step => step.id === props.current);
  return (
    <nav aria-label={props.label} className="stepper">
      <ol>
        {props.steps.map((step, place) => {
          const mark = (
            <>
              <span aria-hidden="true" className="stepper__mark">
                {place < at ? <Check className="size-3.5" /> : place + 1}
              </span>
              <span className="stepper__name">{step.name}</span>
              {place < at && <span className="sr-only">{t('stepDone')}</span>}
            </>
          );
          const state = place < at ? 'done' : place === at ? 'now' : 'later';
          return (
            <li key={step.id} className={`stepper__step stepper__step--${state}`}>
              {step.href && place !== at ? (
                <Link to={step.href} className="stepper__link">
                  {mark}
                </Link>
              ) : (
                <span
                  className="stepper__link"
                  {...(place === at ? { ref: here, tabIndex: -1, 'aria-current': 'step' as const } : {})}
                >
                  {mark}
                </span>
              )}
            </li>
          );
        })}
      </ol>
    </nav>
  );
}
