import Phone from '@heroicons/react/16/solid/PhoneIcon';
import Star from '@heroicons/react/16/solid/StarIcon';
import type { CallInput, CallRow } from '@/api/types.gen';
import { choice, flag, longText, lookup, moment, number, text } from '@/kernel/records/fields';
import { defineNoun } from '@/kernel/records/noun';

export default defineNoun<CallRow, CallInput>({
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
      },
      values: {
        callType: { inbound: 'Inbound', outbound: 'Outbound', missed: 'Missed', voicemail: 'Voicemail' },
        status: { answered: 'Answered', missed: 'Missed', busy: 'Busy', voicemail: 'Voicemail' },
      },
      help: {
        callerNumber: 'With country code, like +44 20 7946 0958.',
        durationSecs: 'Seconds; 0 when nobody answered.',
      },
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
  },
  title: call => call.callerName,
  list: {
    columns: [
      {
        id: 'callerName',
        cell: call => (
          <span className="flex min-w-0 items-center gap-1.5">
            <span className="truncate">{call.callerName}</span>
            {call.isImportant && (
              <Star className="size-3 flex-none text-tone-amber" role="img" aria-label="Important" />
            )}
          </span>
        ),
      },
      'occurredAt',
      'callType',
      'status',
      'durationSecs',
      'callerNumber',
      'candidateId',
      'handledById',
      'notes',
    ],
    hidden: ['notes'],
    phone: { aside: 'occurredAt', meta: ['status', 'callType', 'durationSecs'] },
    filters: ['callType', 'status', 'isImportant', 'occurredAt', 'candidateId', 'handledById'],
    sorts: ['callerName', 'callType', 'status', 'durationSecs', 'occurredAt', 'createdAt'],
    defaultSort: '-occurredAt',
  },
  form: {
    fields: [
      'callerName',
      'callerNumber',
      'callType',
      'status',
      'durationSecs',
      'occurredAt',
      'candidateId',
      'handledById',
      'isImportant',
      'notes',
    ],
    defaults: () => ({
      callType: 'inbound',
      status: 'answered',
      durationSecs: 60,
      occurredAt: `${new Date().toISOString().slice(0, 16)}:00Z`,
    }),
    schema: async () => (await import('@/api/calls/zod.gen')).zCallInput,
    derive: (call, changed) => {
      if (changed === 'callType' && (call.callType === 'missed' || call.callType === 'voicemail')) {
        return { status: call.callType, ...(call.callType === 'missed' ? { durationSecs: 0 } : {}) };
      }
      if (changed === 'status' && (call.status === 'missed' || call.status === 'busy')) return { durationSecs: 0 };
      return {};
    },
  },
});
