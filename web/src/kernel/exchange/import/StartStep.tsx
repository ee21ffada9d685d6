import ArrowDownTray from '@heroicons/react/16/solid/ArrowDownTrayIcon';
import { Button } from '@heroui/react/button';
import { useEffect, useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { useLocale, useTranslations } from 'use-intl';
import { FileDrop } from '@/ui/fields/FileDrop';
import { Progress } from '@/ui/parts/Progress';
import { writeSize } from '@/ui/size';
import { saveText } from '../../http/download';
import { isProblem } from '../../http/problem';
import type { Noun } from '../../records/noun';
import { fieldWord, useWords, valueWord } from '../../records/words';
import type { ExchangeNoun } from '../contract';
import { exchangeName, importPath } from '../names';
import { ImportHistory } from './ImportHistory';
import { upload } from './runs';
import { templateOf } from './template';

/** Bytes from which on sending takes long enough to show how far it is. */
const large = 1_000_000;

const accepted = ['.csv', '.tsv', '.txt', '.xlsx', '.json', '.sql'];

/** The file: dropped, chosen or pasted; and what was imported before. */
export function StartStep({ noun, exchange }: { noun: Noun; exchange: ExchangeNoun }) {
  const t = useTranslations('import');
  const locale = useLocale();
  const words = useWords(noun);
  const navigate = useNavigate();
  const [file, setFile] = useState<File | null>(null);
  const [sent, setSent] = useState<number>();
  const [failure, setFailure] = useState<{ title: string; sentence: string } | null>(null);
  const abort = useRef<AbortController>(null);
  useEffect(() => () => abort.current?.abort(), []);

  async function take(chosen: File) {
    abort.current = new AbortController();
    setFailure(null);
    setFile(chosen);
    setSent(chosen.size < large ? undefined : 0);
    try {
      // Once all of it is there the server reads it, for which there is no measure.
      const run = await upload(exchangeName(noun), chosen, abort.current.signal, part =>
        setSent(chosen.size < large || part === 1 ? undefined : part),
      );
      await navigate(importPath(noun, run.id, 'columns'));
    } catch (error) {
      if (error instanceof DOMException && error.name === 'AbortError') return;
      if (!isProblem(error)) throw error;
      const sentence = error.sentence;
      setFailure({ title: t('uploadFailed', { file: chosen.name }), sentence });
    } finally {
      setFile(null);
    }
  }

  const takeText = (text: string) => {
    if (text.trim() === '') return;
    const tabs = text.includes('\t');
    void take(new File([text], tabs ? t('pastedFile.tsv') : t('pastedFile.csv'), { type: 'text/plain' }));
  };

  // Rows copied in a spreadsheet can be pasted anywhere on this page.
  const paste = useRef(takeText);
  paste.current = takeText;
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (event.target instanceof Element && event.target.closest('input,textarea,[contenteditable]')) return;
      const [first] = event.clipboardData?.files ?? [];
      event.preventDefault();
      if (first) void take(first);
      else paste.current(event.clipboardData?.getData('text/plain') ?? '');
    };
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  });

  const fields = exchange.columns.filter(column => !column.readOnly && column.type !== 'id');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls can be reached by keyboard
    <section className="wizard" aria-label={t('steps.file')} tabIndex={0}>
      <div className="wizard__page">
        <div aria-live="polite">
          {file ? (
            <div className="file-drop">
              <p className="font-medium text-base">
                {t(sent === undefined ? 'uploading' : 'sending', { file: file.name })}
              </p>
              <div className="w-full max-w-sm">
                <Progress label={t('uploading', { file: file.name })} part={sent} />
              </div>
              {sent !== undefined && (
                <p className="text-muted text-sm" aria-live="off">
                  {t('sent', { part: sent, size: writeSize(file.size, locale) })}
                </p>
              )}
              <Button variant="outline" onPress={() => abort.current?.abort()}>
                {t('cancel')}
              </Button>
            </div>
          ) : (
            <FileDrop
              label={t('drop')}
              sentence={t('dropSentence')}
              choose={t('choose')}
              accept={accepted}
              onFile={chosen => void take(chosen)}
              onText={takeText}
            />
          )}
        </div>
        {failure && (
          <div role="alert" className="notice notice--danger">
            <p className="font-medium">{failure.title}</p>
            <p>{failure.sentence}</p>
          </div>
        )}
        <div className="wizard__columns">
          <ImportHistory noun={noun} />
          <section aria-labelledby="import-fields" className="tile">
            <header className="tile__head">
              <h2 id="import-fields" className="tile__title">
                {t('fields')}
              </h2>
              <Button
                size="sm"
                variant="outline"
                className="button--dense"
                onPress={() => saveText(templateOf(fields), `${noun.key}.csv`, 'text/csv')}
              >
                <ArrowDownTray />
                {t('template')}
              </Button>
            </header>
            <dl className="import-fields">
              {fields.map(field => (
                <div key={field.field}>
                  <dt>
                    {fieldWord(words, field.field)}
                    {field.required && <span className="text-danger"> {t('required')}</span>}
                  </dt>
                  <dd>
                    {field.choices && field.choices.length > 0
                      ? field.choices.map(value => valueWord(words, field.field, value)).join(', ')
                      : t(`types.${field.type}`)}
                  </dd>
                </div>
              ))}
            </dl>
          </section>
        </div>
      </div>
    </section>
  );
}
