import { useId } from 'react';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { Icon } from '../modules';
import { useAccess } from '../session/useSession';

export interface FirstStep {
  /** Page of the permission matrix one must be able to write. */
  page: string;
  to: string;
  icon: Icon;
  name: string;
  hint: string;
}

/** A fresh workspace: what to begin with, as far as the person may. */
export function FirstSteps({ steps }: { steps: readonly FirstStep[] }) {
  const titleId = useId();
  const t = useTranslations('dashboards');
  const can = useAccess();
  const open = steps.filter(step => can(step.page, 'write'));
  if (open.length === 0) return null;
  return (
    <section className="tile" aria-labelledby={titleId}>
      <header className="tile__head">
        <h3 id={titleId} className="tile__title">
          {t('firstSteps')}
        </h3>
      </header>
      <p className="px-4 text-muted text-sm">{t('firstStepsSentence')}</p>
      <ol className="grid gap-2 p-4 sm:grid-cols-2">
        {open.map(step => (
          <li key={step.to}>
            <Link to={step.to} className="first-step">
              <span className="first-step__icon">
                <step.icon className="size-4" />
              </span>
              <span className="min-w-0">
                <span className="block font-medium">{step.name}</span>
                <span className="block text-muted">{step.hint}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
