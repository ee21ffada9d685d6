import Check from '@heroicons/react/16/solid/CheckIcon';
import Phone from '@heroicons/react/16/solid/PhoneIcon';
import { lazy } from 'react';
import type { CallInput, CallRow } from '@/api/types.gen';
import { choice, flag, longText, lookup, moment, number, text } from '@/kernel/records/fields';
import { dayRange, daysAround } from '@/kernel/records/filters';
import { lazyPart } from '@/kernel/records/lazyPart';
import { defineNoun, type Noun } from '@/kernel/records/noun';
import { followUp, waits } from './calls/followUp';
import { ImportantStar } from './calls/ImportantStar';

const calls: Noun = defineNoun<CallRow, CallInput>({
  key: 'calls',
  page: 'calls',
  path: '/api/v1/recruiting/calls',
  nav: { path: '/calls', icon: Phone, order: 40, go: 'l' },
  words: {
    en: {
      one: 'Call',
      many: 'Calls',
      create: 'Log call',
      purpose: 'Every call with a candidate, in or out, so that nobody has to ask who said what.',
      fields: {
        callerName: 'Caller',
        callerNumber: 'Number',
        callType: 'Type',
        status: 'Outcome',
        durationSecs: 'Duration',
        isImportant: 'Important',
        notes: 'Notes',
        candidateId: 'Candidate',
        handledById: 'Handled by',
        occurredAt: 'When',
        followUpAt: 'Call back by',
        followedUpAt: 'Returned',
      },
      values: {
        callType: { inbound: 'Inbound', outbound: 'Outbound', missed: 'Missed', voicemail: 'Voicemail' },
        status: { answered: 'Answered', missed: 'Missed', busy: 'Busy', voicemail: 'Voicemail' },
      },
      help: {
        callerNumber: 'With country code, like +44 20 7946 0958.',
        durationSecs: 'Minutes and seconds, like 2:30; 0 when nobody answered.',
        callerName: 'A candidate, or any name.',
      },
      verbs: { returned: 'Mark returned' },
      done: { returned: 'Call returned' },
      presets: { return: 'To return', today: 'Today', important: 'Important' },
    },
  },
  fields: {
    callerName: text({ required: true }),
    callerNumber: text({ required: true, input: 'tel', maxLength: 32, width: 150 }),
    callType: choice({ inbound: null, outbound: null, missed: null, voicemail: null }, { required: true, width: 110 }),
    status: choice(
      { answered: 'green', missed: 'red', busy: 'amber', voicemail: 'blue' },
      { required: true, width: 120 },
    ),
    durationSecs: number({ min: 0, max: 86_400, as: 'duration', width: 90 }),
    isImportant: flag({ width: 100 }),
    notes: longText(),
    candidateId: lookup('/api/v1/recruiting/candidates/lookup', {
      nameField: 'candidateName',
      opens: { page: 'candidates', path: '/candidates' },
    }),
    handledById: lookup('/api/v1/users/lookup', { nameField: 'handledByName', person: true }),
    occurredAt: moment({ required: true, width: 150 }),
    followUpAt: moment({ readOnly: true, ahead: true, width: 150 }),
    followedUpAt: moment({ readOnly: true, width: 150 }),
  },
  title: call => call.callerName,
  list: {
    columns: [
      'callerName',
      {
        id: 'isImportant',
        width: 88,
        cell: call => <ImportantStar noun={calls} call={call} />,
      },
      'occurredAt',
      'callType',
      'status',
      'durationSecs',
      'callerNumber',
      'candidateId',
      'handledById',
      'followUpAt',
      'followedUpAt',
      'notes',
    ],
    hidden: ['candidateId', 'followUpAt', 'followedUpAt', 'notes'],
    phone: { aside: 'occurredAt', meta: ['isImportant', 'status', 'callType', 'durationSecs'] },
    filters: ['callType', 'status', 'isImportant', 'occurredAt', 'candidateId', 'handledById'],
    sorts: ['callerName', 'callType', 'status', 'durationSecs', 'occurredAt', 'createdAt'],
    defaultSort: '-occurredAt',
    presets: [
      { key: 'return', filters: () => ({ 'followUpAt.null': 'false', 'followedUpAt.null': 'true' }) },
      {
        key: 'today',
        filters: ({ mine }) => {
          const { first, last } = daysAround(mine, 0, 0);
          return dayRange('occurredAt', first, last, mine);
        },
      },
      { key: 'important', filters: () => ({ isImportant: 'true' }) },
    ],
  },
  form: {
    fields: [
      'callerName',
      'callerNumber',
      'callType',
      'status',
      'durationSecs',
      'notes',
      'isImportant',
      'occurredAt',
      'candidateId',
      'handledById',
    ],
    defaults: () => ({
      callType: 'inbound',
      status: 'answered',
      durationSecs: 60,
      occurredAt: `${new Date().toISOString().slice(0, 16)}:00Z`,
    }),
    inputs: { callerName: lazy(() => import('./calls/CallerInput')) },
    schema: async () => (await import('@/api/calls/zod.gen')).zCallInput,
    derive: (call, changed) => {
      if (changed === 'callType' && (call.callType === 'missed' || call.callType === 'voicemail')) {
        return { status: call.callType, ...(call.callType === 'missed' ? { durationSecs: 0 } : {}) };
      }
      if (changed === 'status' && (call.status === 'missed' || call.status === 'busy')) return { durationSecs: 0 };
      return {};
    },
  },
  details: [
    'callerNumber',
    'candidateId',
    'handledById',
    'callType',
    'status',
    'durationSecs',
    'occurredAt',
    'isImportant',
    'notes',
  ],
  verbs: [
    {
      id: 'returned',
      icon: Check,
      when: waits,
      run: followUp,
    },
  ],
  Heading: lazyPart(() => import('./calls/Heading')),
});

export default calls;
