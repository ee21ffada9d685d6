import { beforeEach, expect, it, vi } from 'vitest';
import { createOnce } from './createOnce';

const { request } = vi.hoisted(() => ({ request: vi.fn() }));
vi.mock('../http/request', () => ({ request }));
vi.mock('./changes', () => ({ refetch: vi.fn() }));

const noun = { key: 'recruiting/candidates', path: '/api/v1/recruiting/candidates' } as const;
const lost = new Error('offline');
const keys = () => request.mock.calls.map(([, , options]) => options.headers['Idempotency-Key']);

beforeEach(() => {
  request.mockReset();
  request.mockResolvedValue({ id: '1', version: 1 });
});

it('says that values sent again after a lost answer are the same request', async () => {
  request.mockRejectedValueOnce(lost);
  const create = createOnce(noun);
  await expect(create({ fullName: 'Ada' })).rejects.toThrow(lost);
  await create({ fullName: 'Ada' });
  expect(keys()[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys()[1]).toBe(keys()[0]);
});

it('says that other values, and the same ones after a success, are a new request', async () => {
  request.mockRejectedValueOnce(lost);
  const create = createOnce(noun);
  await expect(create({ fullName: 'Ada' })).rejects.toThrow(lost);
  await create({ fullName: 'Grace' });
  await create({ fullName: 'Grace' });
  expect(new Set(keys()).size).toBe(3);
});
