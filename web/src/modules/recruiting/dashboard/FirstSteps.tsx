import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import Phone from '@heroicons/react/16/solid/PhoneIcon';
import UserPlus from '@heroicons/react/16/solid/UserPlusIcon';
import Users from '@heroicons/react/16/solid/UsersIcon';
import { useTranslations } from 'use-intl';
import { FirstSteps as Steps } from '@/kernel/dashboard/FirstSteps';

const steps = [
  { key: 'candidate', page: 'candidates', to: '/candidates/new', icon: UserPlus },
  { key: 'invite', page: 'user_management', to: '/users/new', icon: Users },
  { key: 'interview', page: 'interviews', to: '/interviews/new', icon: CalendarDays },
  { key: 'call', page: 'calls', to: '/calls/new', icon: Phone },
] as const;

/** What a recruiting team begins with. */
export function FirstSteps() {
  const t = useTranslations('dashboard');
  return (
    <Steps
      steps={steps.map(({ key, ...step }) => ({ ...step, name: t(`steps.${key}`), hint: t(`steps.${key}Hint`) }))}
    />
  );
}
