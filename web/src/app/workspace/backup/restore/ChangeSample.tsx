import { use } from 'react';
import { useTranslations } from 'use-intl';
import { nounOfExchange } from '@/kernel/exchange/names';
import { LoadedModules } from '@/kernel/loadedModules';
import { FieldValue } from '@/kernel/records/FieldValue';
import type { Noun } from '@/kernel/records/noun';
import { fieldWord } from '@/kernel/records/words';
import { DiffList } from '@/ui/parts/DiffList';
import { StateDot, type Tone } from '@/ui/parts/StateDot';
import type { RestorePreview } from '../contract';
import { useNounName } from '../words';

const tones: Record<RestorePreview['sample'][number]['change'], Tone> = {
  added: 'green',
  changed: 'blue',
  removed: 'red',
};

/** Some of the records restoring would touch, with the fields of each. */
export function ChangeSample({ preview }: { preview: RestorePreview }) {
  const t = useTranslations('backup');
  const nameOf = useNounName();
  const modules = use(LoadedModules);
  const count = preview.added + preview.changed + preview.removed;
  return (
    <section className="tile" aria-labelledby="restore-sample">
      <header className="tile__head">
        <h2 id="restore-sample" className="tile__title">
          {t('sample')}
        </h2>
        {preview.sample.length < count && (
          <span className="text-muted text-sm">{t('sampleOf', { shown: preview.sample.length, count })}</span>
        )}
      </header>
      <ul>
        {preview.sample.map(one => (
          <li key={one.id} className="border-separator border-t px-4 py-2.5">
            <p className="flex items-center gap-3 text-sm">
              <span className="min-w-0 truncate font-medium">{one.name}</span>
              <span className="text-muted text-xs">{nameOf(one.noun)}</span>
              <span className="ms-auto">
                <StateDot tone={tones[one.change]}>{t(`would.${one.change}`)}</StateDot>
              </span>
            </p>
            {one.change === 'changed' && one.fields.length > 0 && (
              <div className="mt-1.5">
                <Fields noun={nounOfExchange(modules, one.noun)} fields={one.fields} />
              </div>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function Fields({ noun, fields }: { noun: Noun | undefined; fields: RestorePreview['sample'][number]['fields'] }) {
  return (
    <DiffList
      changes={fields}
      name={field => (noun ? fieldWord(noun.words.en, field) : field)}
      write={(field, value) => (noun ? <FieldValue noun={noun} name={field} value={value} /> : String(value))}
    />
  );
}
