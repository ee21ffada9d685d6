import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import type { ProjectRow, ProjectStatus } from '@/api/types.gen';
import type { RecordPartProps } from '@/kernel/records/noun';
import { useWords, valueWord } from '@/kernel/records/words';
import { Moment } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import { Steps } from '@/ui/parts/Steps';
import { StageStrip } from './StageStrip';
import { path, statusTones } from './statuses';
import { useMoveProject } from './useMoveProject';

/** Under a project's title: what it is, how far it is, and its four dates with what speaks against them. */
export default function ProjectHeading({ noun, row, canWrite }: RecordPartProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const words = useWords(noun);
  const move = useMoveProject();
  const next = canWrite ? row.allowedMoves : [];
  const onWay = path.includes(row.status);
  const aside = next.filter(
    status => !(onWay && path.includes(status) && path.indexOf(status) > path.indexOf(row.status)),
  );
  const verb = (status: ProjectStatus) => {
    if (row.status === 'on_hold' && status !== 'cancelled') return t('resume', { status: t(`statuses.${status}`) });
    if (row.status === 'delivered' && status === 'post_production') return t('reopen');
    return t(`verbs.${status}`);
  };
  return (
    <div className="mt-0.5 flex flex-col gap-3 text-sm">
      <p className="text-muted">
        {[row.code, valueWord(words, 'type', row.type), row.course, row.academicYear].filter(Boolean).join(' · ')}
      </p>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        {onWay ? (
          <Steps
            label={t('status')}
            steps={path.map(status => ({ id: status, name: t(`statuses.${status}`) }))}
            now={row.status}
            next={next}
            onMove={status => void move(row, status)}
          />
        ) : (
          <StateDot tone={statusTones[row.status]}>{t(`statuses.${row.status}`)}</StateDot>
        )}
        {row.overdue && <StateDot tone="red">{t('late')}</StateDot>}
      </div>
      <StageStrip row={row} canWrite={canWrite} />
      {(aside.length > 0 || row.deliveredAt) && (
        <div className="flex flex-wrap items-center gap-2">
          {aside.map(status => (
            <Button key={status} size="sm" variant="outline" onPress={() => void move(row, status)}>
              {verb(status)}
            </Button>
          ))}
          {row.deliveredAt && (
            <span className="text-muted">
              {t('deliveredOn')} <Moment at={row.deliveredAt} time={false} within />
            </span>
          )}
        </div>
      )}
    </div>
  );
}
