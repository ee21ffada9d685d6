import { Button } from '@heroui/react/button';
import { Suspense, use } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { DashboardSkeleton } from '@/kernel/dashboard/DashboardSkeleton';
import { Greeting } from '@/kernel/dashboard/Greeting';
import { LoadedModules } from '@/kernel/loadedModules';
import { useAccess } from '@/kernel/session/useSession';
import { PageBar } from '@/ui/PageBar';

/** The start of the day: what each of the workspace's modules has to say, on one page. */
export default function Dashboard() {
  const t = useTranslations('dashboards');
  const can = useAccess();
  const navigate = useNavigate();
  const modules = use(LoadedModules).filter(module => module.dashboard);
  const several = modules.length > 1;
  const actions = modules.flatMap(({ dashboard }) =>
    dashboard?.action && can(dashboard.action.page, 'write') ? [dashboard.action] : [],
  );
  return (
    <>
      <PageBar title={t('title')}>
        {actions.map((action, place) => (
          <Button
            key={action.to}
            variant={place === 0 ? 'primary' : 'outline'}
            aria-label={action.label}
            onPress={() => void navigate(action.to)}
          >
            <action.icon />
            <span className={several ? 'max-md:sr-only' : 'max-sm:sr-only'}>{action.label}</span>
          </Button>
        ))}
      </PageBar>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section className="dashboard" aria-label={t('title')} tabIndex={0}>
        {several && (
          <div className="dashboard__hello">
            <Greeting />
          </div>
        )}
        {modules.map(({ key, name, dashboard }) => (
          <Suspense key={key} fallback={<DashboardSkeleton />}>
            {dashboard && <dashboard.Component name={several ? name.en : null} />}
          </Suspense>
        ))}
      </section>
    </>
  );
}
