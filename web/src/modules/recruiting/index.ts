import { defineModule } from '@/kernel/modules';
import type { Noun } from '@/kernel/records/noun';
import calls from './messages/calls.en.json';
import interviews from './messages/interviews.en.json';

export default defineModule({
  key: 'recruiting',
  name: { en: 'Recruiting' },
  nouns: import.meta.glob<Noun>('./*.noun.tsx', { eager: true, import: 'default' }),
  screens: [],
  messages: { ...calls, ...interviews },
});
