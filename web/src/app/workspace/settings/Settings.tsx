import { lazy, Suspense } from 'react';
import { Navigate, NavLink, useParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { useAccess } from '@/kernel/session/useSession';
import { PageBar } from '@/ui/PageBar';
import { SkeletonLines } from '@/ui/parts/Skeletons';

const sections = [
  { key: 'profile', page: 'settings', Component: lazy(() => import('./Profile')) },
  { key: 'password', page: 'settings', Component: lazy(() => import('./Password')) },
  { key: 'sessions', page: 'settings', Component: lazy(() => import('./Sessions')) },
  { key: 'two-factor', page: 'settings', Component: lazy(() => import('./TwoFactor')) },
  { key: 'workspace', page: 'settings', Component: lazy(() => import('./Workspace')) },
  { key: 'invitations', page: 'user_management', Component: lazy(() => import('./Invitations')) },
] as const;

/** `/settings/<section>`: one's own account, and the workspace. */
export default function Settings() {
  const t = useTranslations('settings');
  const can = useAccess();
  const chosen = useParams()['*'] ?? '';
  const offered = sections.filter(section => can(section.page));
  const section = offered.find(one => one.key === chosen);
  if (!section) return <Navigate to={`/settings/${offered[0]?.key ?? 'profile'}`} replace />;
  return (
    <>
      <PageBar title={t('title')} />
      <nav aria-label={t('sections')} className="tab-set__list settings-tabs">
        {offered.map(one => (
          <NavLink
            key={one.key}
            to={`/settings/${one.key}`}
            className="tab-set__tab"
            {...(one.key === chosen ? { 'data-selected': true } : {})}
          >
            {t(`section.${one.key}`)}
          </NavLink>
        ))}
      </nav>
      <div className="settings-body">
        <Suspense fallback={<SkeletonLines lines={6} />}>
          <section.Component />
        </Suspense>
      </div>
    </>
  );
}
