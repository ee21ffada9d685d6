import { request } from '../../http/request';
import { exchangePath } from '../useExchange';
import { fixRow, type RowPage, rereadRows } from './runs';

/** Leaves out every row that can't be imported as it is. `done` takes the number of rows finished so far. */
export async function skipErrors(id: string, done: (count: number) => void): Promise<void> {
  let count = 0;
  try {
    for (;;) {
      // Rows that are skipped are errors no more, so the first page is always the next one.
      const { items } = await request<RowPage>('GET', `${exchangePath}/imports/${id}/rows`, {
        query: { action: 'error', page: 1, limit: 100 },
      });
      if (items.length === 0) return;
      for (const row of items) {
        await fixRow(id, row.n, { skip: true });
        done(++count);
      }
    }
  } finally {
    await rereadRows(id);
  }
}
