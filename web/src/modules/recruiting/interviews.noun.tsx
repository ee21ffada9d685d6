import CalendarDays from '@heroicons/react/16/solid/CalendarDaysIcon';
import { lazy } from 'react';
import type { InterviewInput, InterviewRow } from '@/api/types.gen';
import { choice, flag, longText, lookup, lookups, moment, number, spans, text } from '@/kernel/records/fields';
import { dayRange, daysAround, weekAround } from '@/kernel/records/filters';
import { lazyPart } from '@/kernel/records/lazyPart';
import { defineNoun } from '@/kernel/records/noun';
import { session } from '@/kernel/session/session';
import { Person } from '@/ui/parts/Avatar';
import { isPast, nextHour } from './interviews/nextHour';

const inputs = () => import('./interviews/inputs');

export default defineNoun<InterviewRow, InterviewInput>({
  key: 'interviews',
  page: 'interviews',
  path: '/api/v1/recruiting/interviews',
  unnamed: true,
  nav: { path: '/interviews', icon: CalendarDays, order: 30, go: 'i' },
  words: {
    en: {
      one: 'Interview',
      many: 'Interviews',
      create: 'Schedule interview',
      purpose: 'Who meets which candidate, when and where, and what came of it. Nobody is booked twice unawares.',
      fields: {
        candidateId: 'Candidate',
        candidateName: 'Candidate',
        candidatePosition: 'Position',
        scheduledAt: 'When',
        durationMins: 'Length',
        interviewerName: 'Interviewer',
        interviewerUserId: 'Interviewer',
        participantIds: 'Also there',
        interviewType: 'Type',
        status: 'Status',
        score: 'Score',
        recommendation: 'Recommendation',
        round: 'Round',
        location: 'Place',
        joinUrl: 'Video link',
        reminders: 'Reminders',
        timeZone: "Candidate's time zone",
        notes: 'Notes',
        cancelledReason: 'Reason',
        doubleBooked: 'Double booked',
        allowDoubleBooking: 'Double booking',
      },
      values: {
        status: {
          scheduled: 'Scheduled',
          in_progress: 'In progress',
          completed: 'Completed',
          cancelled: 'Cancelled',
          no_show: 'No-show',
        },
        interviewType: {
          phone: 'Phone',
          video: 'Video',
          onsite: 'On site',
          technical: 'Technical',
          panel: 'Panel',
          final: 'Final',
        },
        reminders: { 0: 'At the start' },
        recommendation: { strong_no: 'Strong no', no: 'No', yes: 'Yes', strong_yes: 'Strong yes' },
      },
      help: {
        interviewerName: 'A colleague, or the name of somebody from outside.',
        reminders: 'How long before it begins the interviewer and those who are also there are told.',
        timeZone: 'Where the candidate is; the organisation’s zone when empty.',
      },
      presets: { today: 'Today', week: 'This week', next: 'Next 7 days', score: 'To score' },
    },
  },
  fields: {
    candidateId: lookup('/api/v1/recruiting/candidates/lookup', {
      required: true,
      nameField: 'candidateName',
      opens: { page: 'candidates', path: '/candidates' },
    }),
    candidatePosition: text({ readOnly: true, width: 170 }),
    interviewerName: text({ required: true, maxLength: 255 }),
    interviewerUserId: lookup('/api/v1/users/lookup', { nameField: 'interviewerName', person: true }),
    participantIds: lookups('/api/v1/users/lookup'),
    scheduledAt: moment({ required: true, ahead: true, width: 140 }),
    durationMins: number({ required: true, min: 5, max: 480, as: 'minutes', width: 84 }),
    timeZone: text(),
    status: choice(
      { scheduled: 'blue', in_progress: 'violet', completed: 'green', cancelled: 'grey', no_show: 'red' },
      { required: true, width: 120 },
    ),
    interviewType: choice(
      { phone: null, video: null, onsite: null, technical: null, panel: null, final: null },
      { width: 100 },
    ),
    round: number({ min: 1, max: 20, width: 76 }),
    location: text(),
    joinUrl: text({ input: 'url', maxLength: 500 }),
    reminders: spans([0, 5, 15, 30, 60, 120, 1_440, 2_880, 10_080], 5),
    notes: longText({ maxLength: 20_000 }),
    score: number({ min: 1, max: 10, width: 72 }),
    recommendation: choice({ strong_no: 'red', no: 'amber', yes: 'blue', strong_yes: 'green' }, { width: 140 }),
    cancelledReason: text({ readOnly: true }),
    doubleBooked: flag({ readOnly: true }),
    allowDoubleBooking: flag(),
  },
  title: interview => interview.candidateName,
  list: {
    columns: [
      { id: 'candidateName', cell: interview => <span className="truncate">{interview.candidateName}</span> },
      'candidatePosition',
      'scheduledAt',
      'durationMins',
      {
        id: 'interviewerName',
        sort: 'interviewerName',
        width: 170,
        cell: interview => <Person name={interview.interviewerName} />,
      },
      'interviewType',
      'status',
      'score',
      'recommendation',
      'round',
      'location',
    ],
    hidden: ['recommendation', 'round', 'location'],
    phone: { aside: 'scheduledAt', meta: ['status', 'interviewerName'] },
    filters: ['status', 'scheduledAt', 'interviewerUserId', 'interviewType', 'candidateId', 'score'],
    sorts: ['scheduledAt', 'durationMins', 'status', 'interviewerName', 'score', 'createdAt'],
    defaultSort: '-scheduledAt',
    presets: [
      { key: 'today', filters: ({ mine }) => within(daysAround(mine, 0, 0), mine), sort: 'scheduledAt' },
      { key: 'week', filters: ({ mine }) => within(weekAround(mine), mine), sort: 'scheduledAt' },
      { key: 'next', filters: ({ mine }) => within(daysAround(mine, 0, 6), mine), sort: 'scheduledAt' },
      { key: 'score', filters: () => ({ status: 'completed', 'score.null': 'true' }) },
    ],
    views: [
      {
        key: 'calendar',
        icon: CalendarDays,
        Component: lazy(() => import('./interviews/InterviewCalendar')),
      },
    ],
  },
  form: {
    fields: [
      'candidateId',
      'interviewerName',
      'interviewerUserId',
      'scheduledAt',
      'durationMins',
      'status',
      'allowDoubleBooking',
      'interviewType',
      'round',
      'joinUrl',
      'location',
      'participantIds',
      'reminders',
      'timeZone',
      'notes',
    ],
    unseen: ['interviewerUserId', 'durationMins', 'status', 'allowDoubleBooking'],
    inputs: {
      interviewerName: lazy(async () => ({ default: (await inputs()).InterviewerInput })),
      interviewType: lazy(async () => ({ default: (await inputs()).TypeInput })),
      scheduledAt: lazy(async () => ({ default: (await inputs()).WhenInput })),
      timeZone: lazy(async () => ({ default: (await inputs()).ZoneOfCandidateInput })),
    },
    defaults: ({ scheduledAt }) => ({
      durationMins: 60,
      round: 1,
      // A past slot of the calendar: the interview was held.
      status: scheduledAt && isPast(scheduledAt) ? 'completed' : 'scheduled',
      reminders: [1_440, 15],
      scheduledAt: nextHour(Date.now(), zoneOfMine()),
    }),
    schema: async () => (await import('@/api/interviews/zod.gen')).zInterviewInput,
  },
  details: [
    'interviewerName',
    'interviewType',
    'durationMins',
    'round',
    'joinUrl',
    'location',
    'participantIds',
    'reminders',
    'timeZone',
    'notes',
  ],
  Heading: lazyPart(() => import('./interviews/Heading')),
});

function within(days: { first: string; last: string }, zone: string) {
  return dayRange('scheduledAt', days.first, days.last, zone);
}

const zoneOfMine = () => session.get().me?.user.timeZone ?? 'UTC';
