import { useTranslations } from 'use-intl';
import type { CrewMemberRow, StudentRow } from '@/api/types.gen';
import { askRecord } from '@/kernel/records/askRecord';
import type { RecordPartProps } from '@/kernel/records/noun';
import { RelatedList } from '@/kernel/records/RelatedList';
import { useRecordPage } from '@/kernel/records/useRecords';
import { useWords, valueWord } from '@/kernel/records/words';
import { useAccess } from '@/kernel/session/useSession';
import { StateDot } from '@/ui/parts/StateDot';
import crew from '../crew.noun';
import { statusTones } from '../projects/statuses';

/** What a student works on, and worked on. */
export default function ProjectsTab({ row }: RecordPartProps<StudentRow>) {
  const t = useTranslations('production');
  const words = useWords(crew);
  const can = useAccess();
  const answer = useRecordPage<CrewMemberRow>(crew, { studentId: row.id });
  const may = can('projects', 'write') && !row.deletedAt;
  return (
    <RelatedList
      answer={answer}
      empty={{ title: t('students.noProjects'), sentence: t('students.noProjectsSentence') }}
      add={
        may
          ? {
              label: t('students.addProject'),
              run: () => void askRecord(crew, { given: { studentId: row.id } }),
            }
          : undefined
      }
      itemKey={member => member.id}
      href={member => `/projects/${member.projectId}`}
      draw={member => (
        <>
          <span className="w-20 flex-none truncate text-muted tabular-nums max-sm:hidden">{member.projectCode}</span>
          <span className="min-w-0 flex-1 truncate font-medium">{member.projectTitle}</span>
          <span className="w-44 flex-none truncate text-muted max-sm:w-28">
            {valueWord(words, 'crewRole', member.crewRole)}
          </span>
          <span className="w-32 flex-none max-sm:hidden">
            <StateDot tone={statusTones[member.projectStatus]}>
              {t(`projects.statuses.${member.projectStatus}`)}
            </StateDot>
          </span>
        </>
      )}
    />
  );
}
