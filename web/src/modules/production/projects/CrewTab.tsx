import PencilSquare from '@heroicons/react/16/solid/PencilSquareIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { Link } from 'react-router';
import { useTranslations } from 'use-intl';
import type { CrewMemberRow, ProjectRow } from '@/api/types.gen';
import { askRecord } from '@/kernel/records/askRecord';
import type { RecordRow } from '@/kernel/records/fields';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useVerbs } from '@/kernel/records/useVerbs';
import { useWords, valueWord } from '@/kernel/records/words';
import { useAccess } from '@/kernel/session/useSession';
import { ActionMenu } from '@/ui/overlays/ActionMenu';
import { Person } from '@/ui/parts/Avatar';
import { CivilDate } from '@/ui/parts/Moment';
import { StateDot } from '@/ui/parts/StateDot';
import crew from '../crew.noun';

/** Who makes the project, and as what. */
export default function CrewTab({ row, canWrite }: RecordPartProps<ProjectRow>) {
  const t = useTranslations('production.projects');
  const r = useTranslations('records');
  const words = useWords(crew);
  const can = useAccess();
  const verbs = useVerbs(crew);
  const answer = useRecordPage<CrewMemberRow>(crew, { projectId: row.id, sort: 'crewRole' });
  return (
    <RelatedList
      answer={answer}
      empty={{ title: t('noCrew'), sentence: t('noCrewSentence') }}
      add={
        canWrite
          ? { label: t('addCrew'), run: () => void askRecord(crew, { given: { projectId: row.id } }) }
          : undefined
      }
      itemKey={member => member.id}
      draw={member => (
        <>
          <span className="min-w-0 flex-1">
            {can('students') ? (
              <Link to={`/students/${member.studentId}`} className="grid-link">
                <Person name={member.creditedAs} />
              </Link>
            ) : (
              <Person name={member.creditedAs} />
            )}
            <span className="block truncate ps-7 text-muted text-xs sm:hidden">
              {valueWord(words, 'crewRole', member.crewRole)}
            </span>
          </span>
          <span className="w-44 flex-none truncate text-muted max-sm:hidden">
            {valueWord(words, 'crewRole', member.crewRole)}
          </span>
          <span className="w-16 flex-none text-xs max-sm:w-auto">
            {member.isLead && <StateDot tone="violet">{t('lead')}</StateDot>}
          </span>
          <span className="w-36 flex-none truncate text-muted text-xs max-sm:hidden">
            {member.from && <CivilDate on={member.from} />}
            {(member.from || member.to) && ' – '}
            {member.to && <CivilDate on={member.to} />}
          </span>
          {canWrite && (
            <ActionMenu
              label={`${r('actions')}: ${member.creditedAs}`}
              quiet
              actions={[
                {
                  id: 'edit',
                  label: r('edit'),
                  icon: <PencilSquare />,
                  run: () => void askRecord(crew, { row: member as unknown as RecordRow }),
                },
                {
                  id: 'delete',
                  label: t('removeCrew'),
                  icon: <Trash />,
                  danger: true,
                  run: () => void verbs.remove(member as unknown as RecordRow),
                },
              ]}
            />
          )}
        </>
      )}
    />
  );
}
