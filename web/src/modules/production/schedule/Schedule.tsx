import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import { Button } from '@heroui/react/button';
import { useSearchParams } from 'react-router';
import { useTranslations } from 'use-intl';
import { classes } from '@/ui/classes';
import { usePhone } from '@/ui/media';
import { PageBar } from '@/ui/PageBar';
import { DraftMenu } from './DraftMenu';
import { DraftSchedule } from './DraftSchedule';
import { PeopleSchedule } from './PeopleSchedule';
import { ProjectSchedule } from './ProjectSchedule';
import { openSubscribe } from './Subscribe';

const views = ['projects', 'people'] as const;

/** Everything over time: projects with their stages, people with their work, and drafts of other plans. */
export default function Schedule() {
  const t = useTranslations('production.schedule');
  const [params, setParams] = useSearchParams();
  const phone = usePhone();
  const draft = params.get('draft');
  const view = views.find(one => one === params.get('by')) ?? 'projects';
  const tabs = (
    <nav className="list-tabs" aria-label={t('views')}>
      {views.map(one => (
        <button
          key={one}
          type="button"
          aria-current={!draft && view === one ? 'page' : undefined}
          className={classes('list-tabs__item', !draft && view === one && 'list-tabs__item--on')}
          onClick={() => setParams(one === 'projects' ? {} : { by: one })}
        >
          {t(`by.${one}`)}
        </button>
      ))}
    </nav>
  );
  return (
    <>
      <PageBar title={t('title')} tabs={phone ? undefined : tabs}>
        <DraftMenu />
        <Button variant="outline" aria-label={t('subscribe')} onPress={openSubscribe}>
          <CalendarDays />
          <span className="max-sm:sr-only">{t('subscribe')}</span>
        </Button>
      </PageBar>
      {phone && tabs}
      <div className="relative min-h-0 flex-1">
        {draft ? (
          <DraftSchedule key={draft} id={draft} />
        ) : view === 'people' ? (
          <PeopleSchedule />
        ) : (
          <ProjectSchedule />
        )}
      </div>
    </>
  );
}
