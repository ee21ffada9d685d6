import { defineModule } from '@/kernel/modules';
import type { Noun } from '@/kernel/records/noun';
import production from './messages/production.en.json';

export default defineModule({
  key: 'production',
  name: { en: 'Production' },
  nouns: import.meta.glob<Noun>('./*.noun.tsx', { eager: true, import: 'default' }),
  screens: [],
  messages: production,
});
