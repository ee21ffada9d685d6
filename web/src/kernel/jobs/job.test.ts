import { describe, expect, it } from 'vitest';
import { endedSince, type Job, partOfAll, trayJobs } from './job';

const now = Date.parse('2026-11-21T12:00:00Z');
const job = (id: string, change: Partial<Job> = {}): Job => ({
  id,
  kind: 'export',
  title: 'Candidates',
  status: 'running',
  step: null,
  done: 0,
  total: null,
  result: null,
  error: null,
  requestedBy: { id: 'me', name: 'Ada' },
  createdAt: '2026-11-21T11:00:00Z',
  startedAt: null,
  finishedAt: null,
  isInline: false,
  ...change,
});

describe('the tray of jobs', () => {
  it('shows what runs and what ended within a day, of this person alone, unless a request waited for it', () => {
    const jobs = [
      job('runs'),
      job('waits', { status: 'queued' }),
      job('fresh', { status: 'succeeded', finishedAt: '2026-11-21T11:30:00Z' }),
      job('old', { status: 'succeeded', finishedAt: '2026-11-20T11:30:00Z' }),
      job('away', { status: 'failed', finishedAt: '2026-11-21T11:30:00Z' }),
      job('awaited', { isInline: true, status: 'succeeded', finishedAt: '2026-11-21T11:30:00Z' }),
      job('theirs', { requestedBy: { id: 'other', name: 'Bo' } }),
      job('nightly', { requestedBy: { id: null, name: 'Tessera' } }),
    ];
    expect(trayJobs(jobs, 'me', ['away'], now).map(one => one.id)).toEqual(['runs', 'waits', 'fresh']);
  });

  it('never hides a job that runs', () => {
    expect(trayJobs([job('a')], 'me', ['a'], now)).toHaveLength(1);
  });

  it('counts only what can be counted', () => {
    expect(
      partOfAll([job('a'), job('b', { done: 30, total: 60 }), job('c', { done: 9, total: 10, status: 'failed' })]),
    ).toBe(0.5);
    expect(partOfAll([job('a')])).toBeUndefined();
  });

  it('tells which have ended since', () => {
    const before = [job('a'), job('b'), job('c', { status: 'succeeded' })];
    const after = [
      job('a'),
      job('b', { status: 'failed' }),
      job('c', { status: 'succeeded' }),
      job('d', { status: 'succeeded' }),
    ];
    expect(endedSince(before, after).map(one => one.id)).toEqual(['b']);
  });
});
