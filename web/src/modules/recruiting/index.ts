import { defineModule } from '@/kernel/modules';
import type { Noun } from '@/kernel/records/noun';

export default defineModule({
  key: 'recruiting',
  name: { en: 'Recruiting' },
  nouns: import.meta.glob<Noun>('./*.noun.tsx', { eager: true, import: 'default' }),
  screens: [],
});
