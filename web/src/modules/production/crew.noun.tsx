import UserGroup from '@heroicons/react/16/solid/UserGroupIcon';
import type { CrewMemberInput, CrewMemberRow } from '@/api/types.gen';
import { choice, date, flag, lookup, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';
import { crew } from './students/collection';

export default defineNoun<CrewMemberRow, CrewMemberInput>({
  ...crew,
  page: 'projects',
  unnamed: true,
  nav: { path: '/crew', icon: UserGroup, order: 90, hidden: true },
  words: {
    en: {
      one: 'Credit',
      many: 'Crew',
      create: 'Add to the crew',
      purpose: 'Who does what on which production.',
      fields: {
        projectId: 'Project',
        projectTitle: 'Project',
        studentId: 'Student',
        crewRole: 'Role',
        isLead: 'Lead',
        creditedAs: 'Credited as',
        from: 'From',
        to: 'Until',
      },
      values: {
        crewRole: {
          director: 'Director',
          producer: 'Producer',
          dop: 'Director of photography',
          sound_recordist: 'Sound recordist',
          editor: 'Editor',
          colourist: 'Colourist',
          sound_designer: 'Sound designer',
          mixer: 'Mixer',
          composer: 'Composer',
          other: 'Other',
        },
      },
      help: { creditedAs: 'The student’s name when empty.', isLead: 'Answers for this part of the work.' },
    },
  },
  fields: {
    projectId: lookup('/api/v1/production/projects/lookup', {
      required: true,
      nameField: 'projectTitle',
      opens: { page: 'projects', path: '/projects' },
      width: 240,
    }),
    studentId: lookup('/api/v1/production/students/lookup', {
      required: true,
      nameField: 'creditedAs',
      opens: { page: 'students', path: '/students' },
      person: true,
    }),
    crewRole: choice(
      {
        director: null,
        producer: null,
        dop: null,
        sound_recordist: null,
        editor: null,
        colourist: null,
        sound_designer: null,
        mixer: null,
        composer: null,
        other: null,
      },
      { required: true, width: 190 },
    ),
    isLead: flag({ width: 80 }),
    creditedAs: text(),
    from: date({ width: 120 }),
    to: date({ width: 120 }),
  },
  title: member => member.creditedAs,
  list: {
    columns: ['creditedAs', 'crewRole', 'projectId', 'isLead', 'from', 'to'],
    phone: { aside: 'crewRole', meta: ['projectId'] },
    filters: ['crewRole', 'isLead', 'projectId', 'studentId'],
    sorts: ['creditedAs', 'crewRole'],
    defaultSort: 'crewRole',
  },
  form: {
    fields: ['projectId', 'studentId', 'crewRole', 'isLead', 'creditedAs', 'from', 'to'],
    halves: ['from', 'to'],
    schema: async () => (await import('@/api/crew/zod.gen')).zCrewMemberInput,
  },
});
