import { Suspense } from 'react';
import { Navigate, NavLink, useParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { useAccess } from '@/kernel/session/useSession';
import { bringIntoSight } from '@/ui/inSight';
import { PageBar } from '@/ui/PageBar';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import type { SettingsSection } from './settingsSections';

/** `<path>/<section>`: one section at a time, those the person may open. */
export function Sections(props: { path: string; title: string; sections: readonly SettingsSection[] }) {
  const t = useTranslations('settings');
  const can = useAccess();
  const chosen = useParams()['*'] ?? '';
  const offered = props.sections.filter(section => section.page === null || can(section.page));
  const section = offered.find(one => one.key === chosen);
  if (!section) return <Navigate to={`${props.path}/${offered[0]?.key ?? ''}`} replace />;
  return (
    <>
      <PageBar title={props.title} />
      <nav aria-label={t('sections')} className="tab-set__list settings-tabs">
        {offered.map(one => (
          <NavLink
            key={one.key}
            to={`${props.path}/${one.key}`}
            className="tab-set__tab"
            {...(one.key === chosen ? { 'data-selected': true, ref: bringIntoSight } : {})}
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
