import ArrowsRightLeft from '@heroicons/react/16/solid/ArrowsRightLeftIcon';
import NoSymbol from '@heroicons/react/16/solid/NoSymbolIcon';
import ShieldExclamation from '@heroicons/react/16/solid/ShieldExclamationIcon';
import Tag from '@heroicons/react/16/solid/TagIcon';
import Users from '@heroicons/react/16/solid/UsersIcon';
import ViewColumns from '@heroicons/react/16/solid/ViewColumnsIcon';
import { lazy } from 'react';
import type { CandidateInput, CandidateRow } from '@/api/types.gen';
import { choice, date, flag, longText, lookup, moment, rating, tags, text } from '@/kernel/records/fields';
import { lazyPart } from '@/kernel/records/lazyPart';
import { defineNoun } from '@/kernel/records/noun';
import { CandidateName } from './candidates/CandidateName';
import { candidates } from './candidates/collection';
import { DaysInStage } from './candidates/DaysInStage';
import { stageTones } from './candidates/stages';
import english from './messages/candidates.en.json';

const CandidateBoard = lazy(() => import('./candidates/CandidateBoard'));
const CandidateHeading = lazyPart(() => import('./candidates/CandidateHeading'));
const InterviewsTab = lazy(() => import('./candidates/InterviewsTab'));
const CallsTab = lazy(() => import('./candidates/CallsTab'));
const DuplicatesTab = lazy(() => import('./candidates/DuplicatesTab'));
const bulk = () => import('./candidates/bulk');

export default defineNoun<CandidateRow, CandidateInput>({
  ...candidates,
  page: 'candidates',
  nav: { path: '/candidates', icon: Users, order: 20, go: 'c' },
  words: {
    en: {
      one: 'Candidate',
      many: 'Candidates',
      create: 'Add candidate',
      purpose: 'Everybody who might be hired, from the application to the first day, with one place for what is known.',
      fields: {
        fullName: 'Name',
        email: 'E-mail',
        position: 'Position',
        status: 'Stage',
        phone: 'Telephone',
        resumeUrl: 'Résumé',
        notes: 'Notes',
        source: 'Source',
        location: 'Location',
        currentEmployer: 'Employer',
        availabilityDate: 'Available from',
        skills: 'Skills',
        tags: 'Tags',
        rating: 'Rating',
        ownerId: 'Owner',
        doNotHire: 'Do not hire',
        rejectedReason: 'Reason',
        stageEnteredAt: 'In stage',
        nextInterviewAt: 'Next interview',
        updatedAt: 'Updated',
        interviews: 'Interviews',
        calls: 'Calls',
        duplicates: 'Duplicates',
      },
      values: { status: english.candidates.stages },
      help: {
        phone: 'With country code, like +44 20 7946 0958.',
        resumeUrl: 'A web address, like https://…',
        doNotHire: 'Marks the candidate in every list.',
      },
      verbs: { erase: 'Erase for good', move: 'Move', reject: 'Reject', tag: 'Tag' },
    },
  },
  fields: {
    fullName: text({ required: true, maxLength: 255 }),
    email: text({ required: true, input: 'email', maxLength: 254, width: 220 }),
    position: text({ maxLength: 255, width: 180 }),
    status: choice(stageTones, { once: true, width: 110 }),
    phone: text({ input: 'tel', maxLength: 40, width: 150 }),
    resumeUrl: text({ input: 'url', maxLength: 500, width: 200 }),
    notes: longText({ maxLength: 20_000 }),
    source: text({ maxLength: 100, width: 126 }),
    location: text({ width: 130 }),
    currentEmployer: text({ width: 160 }),
    availabilityDate: date({ width: 120 }),
    skills: tags({ width: 220 }),
    tags: tags({ width: 160 }),
    rating: rating(3, { width: 84 }),
    ownerId: lookup('/api/v1/users/lookup', { nameField: 'ownerName', person: true, width: 144 }),
    doNotHire: flag({ width: 110 }),
    rejectedReason: text({ readOnly: true, width: 200 }),
    stageEnteredAt: moment({ readOnly: true, width: 90 }),
    nextInterviewAt: moment({ readOnly: true, width: 136 }),
    createdAt: moment({ readOnly: true, width: 130 }),
    updatedAt: moment({ readOnly: true, width: 130 }),
  },
  title: candidate => candidate.fullName,
  list: {
    columns: [
      { id: 'fullName', sort: 'fullName', cell: candidate => <CandidateName row={candidate} /> },
      'position',
      'status',
      'rating',
      'ownerId',
      'nextInterviewAt',
      {
        id: 'stageEnteredAt',
        sort: 'stageEnteredAt',
        width: 84,
        align: 'end',
        cell: candidate => <DaysInStage row={candidate} />,
      },
      'source',
      'updatedAt',
      'email',
      'phone',
      'location',
      'skills',
      'tags',
      'createdAt',
    ],
    hidden: ['updatedAt', 'email', 'phone', 'location', 'skills', 'tags', 'createdAt'],
    phone: { aside: 'stageEnteredAt', meta: ['position', 'status'] },
    filters: ['status', 'position', 'ownerId', 'rating', 'source', 'doNotHire', 'stageEnteredAt', 'createdAt'],
    sorts: ['fullName', 'email', 'position', 'status', 'rating', 'stageEnteredAt', 'createdAt', 'updatedAt'],
    defaultSort: '-createdAt',
    views: [{ key: 'board', icon: ViewColumns, emptyAsTable: true, Component: CandidateBoard }],
  },
  form: {
    fields: [
      'fullName',
      'email',
      'position',
      'status',
      'phone',
      'location',
      'currentEmployer',
      'source',
      'ownerId',
      'resumeUrl',
      'availabilityDate',
      'skills',
      'tags',
      'rating',
      'doNotHire',
      'notes',
    ],
    defaults: () => ({ status: 'applied' }),
    schema: async () => (await import('@/api/candidates/zod.gen')).zCandidateInput,
  },
  details: [
    'email',
    'phone',
    'rating',
    'ownerId',
    'position',
    'currentEmployer',
    'location',
    'source',
    'availabilityDate',
    'resumeUrl',
    'skills',
    'tags',
    'notes',
    'doNotHire',
  ],
  Heading: CandidateHeading,
  tabs: [
    { key: 'interviews', page: 'interviews', Component: InterviewsTab },
    { key: 'calls', page: 'calls', Component: CallsTab },
    { key: 'duplicates', Component: DuplicatesTab },
  ],
  verbs: [
    {
      id: 'erase',
      icon: ShieldExclamation,
      danger: true,
      run: async candidate => (await import('./candidates/erase')).eraseCandidate(candidate),
    },
  ],
  bulk: [
    { id: 'move', icon: ArrowsRightLeft, run: async (ids, done) => (await bulk()).moveMany(ids, done) },
    { id: 'reject', icon: NoSymbol, run: async (ids, done) => (await bulk()).rejectMany(ids, done) },
    { id: 'tag', icon: Tag, run: async (ids, done) => (await bulk()).tagMany(ids, done) },
  ],
});
