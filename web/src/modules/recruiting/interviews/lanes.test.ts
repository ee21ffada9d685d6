import { describe, expect, it } from 'vitest';
import { laneKey, laneOf, lanesOf } from './lanes';

const grace = { interviewerUserId: '7c1', interviewerName: 'Grace Chen' };
const outside = { interviewerUserId: null, interviewerName: 'user:7c1' };

describe('lanes of interviewers', () => {
  it('lead back to the interviewer the API takes', () => {
    expect(laneOf(laneKey(grace))).toEqual({ interviewerUserId: '7c1' });
    expect(laneOf(laneKey(outside))).toEqual({ interviewerName: 'user:7c1' });
  });

  it('keep a colleague apart from a stranger whose name looks like an id', () => {
    expect(laneKey(grace)).not.toBe(laneKey(outside));
  });

  it('are one for each person, by name', () => {
    const rows = [grace, { interviewerUserId: null, interviewerName: 'Ben Ode' }, grace];
    expect(lanesOf(rows).map(lane => lane.name)).toEqual(['Ben Ode', 'Grace Chen']);
  });
});
