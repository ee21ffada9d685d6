import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import Phone from '@heroicons/react/16/solid/PhoneIcon';
import UserPlus from '@heroicons/react/16/solid/UserPlusIcon';
import Users from '@heroicons/react/16/solid/UsersIcon';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import { useAccess } from '@/kernel/session/useSession';

const steps = [
  { key: 'candidate', page: 'candidates', to: '/candidates/new', Icon: UserPlus },
  { key: 'invite', page: 'user_management', to: '/users/new', Icon: Users },
  { key: 'interview', page: 'interviews', to: '/interviews/new', Icon: CalendarDays },
  { key: 'call', page: 'calls', to: '/calls/new', Icon: Phone },
] as const;

/** A fresh workspace: what to begin with, as far as the person may. */
export function FirstSteps() {
  const t = useTranslations('dashboard');
  const can = useAccess();
  const open = steps.filter(step => can(step.page, 'write'));
  if (open.length === 0) return null;
  return (
    <section className="tile" aria-labelledby="steps-title">
      <header className="tile__head">
        <h3 id="steps-title" className="tile__title">
          {t('firstSteps')}
        </h3>
      </header>
      <p className="px-4 text-muted text-sm">{t('firstStepsSentence')}</p>
      <ol className="grid gap-2 p-4 sm:grid-cols-2">
        {open.map(({ key, to, Icon }) => (
          <li key={key}>
            <Link to={to} className="first-step">
              <span className="first-step__icon">
                <Icon className="size-4" />
              </span>
              <span className="min-w-0">
                <span className="block font-medium">{t(`steps.${key}`)}</span>
                <span className="block text-muted">{t(`steps.${key}Hint`)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ol>
    </section>
  );
}
