import ListBullet from '@heroicons/react/16/solid/ListBulletIcon';
import PaperClip from '@heroicons/react/16/solid/PaperClipIcon';
import { Button } from '@heroui/react/button';
import { useRef, useState } from 'react';
import { FileTrigger } from 'react-aria-components/FileTrigger';
import { useTranslations } from 'use-intl';
import { Toggle } from '@/ui/fields/Toggle';
import { Tip } from '@/ui/parts/Tip';
import { ChecklistEditor } from './ChecklistEditor';
import { DraftFiles } from './DraftFiles';
import { type Draft, emptyDraft, isReady, isUploading, mostFiles, nextKey } from './draft';
import { attach, detach, getDraft, retry, setDraft, useDraft } from './drafts';
import { MentionInput } from './MentionInput';

/** Where a comment is written: words, a checklist, files, and who may see them. What is written stays until it is sent. */
export function Composer(props: {
  /** Under which the draft is kept. */
  draftKey: string;
  label: string;
  /** Where to ask for people who can be mentioned. */
  people: string;
  action: string;
  /** What is there to begin with. */
  start?: Draft;
  /** Resolves to null when it was saved, else to why it was not. */
  onSend: (draft: Draft) => Promise<string | null>;
  onCancel?: () => void;
  /** Empties the box at once; what could not be sent comes back into it. */
  ahead?: boolean;
  autoFocus?: boolean;
  rows?: number;
}) {
  const t = useTranslations('comments');
  const tr = useTranslations('records');
  const start = props.start ?? emptyDraft;
  const [draft, change] = useDraft(props.draftKey, start);
  const [pending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const [over, setOver] = useState(false);
  const box = useRef<HTMLFieldSetElement>(null);
  const ready = isReady(draft) && draft !== start;

  async function send() {
    if (pending || !ready) return;
    setFailure(null);
    setPending(true);
    if (props.ahead) setDraft(props.draftKey, null);
    const refused = await props.onSend(draft).finally(() => setPending(false));
    if (refused === null) {
      if (!props.ahead) setDraft(props.draftKey, null);
      return;
    }
    // Unless the next one has been begun meanwhile: then that one stays, and the words go before it.
    const next = getDraft(props.draftKey);
    setDraft(props.draftKey, props.ahead && next ? { ...draft, text: [draft.text, next.text].join('\n') } : draft);
    setFailure(refused);
  }

  function take(files: readonly File[]) {
    if (files.length === 0) return;
    const left = attach(props.draftKey, start, files);
    setFailure(left > 0 ? t('tooManyFiles', { most: mostFiles }) : null);
    box.current?.querySelector('textarea')?.focus();
  }

  return (
    <fieldset
      ref={box}
      aria-label={props.label}
      className="comment-form"
      data-over={over || undefined}
      onDragOver={event => {
        if (!event.dataTransfer.types.includes('Files')) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={event => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false)}
      onDrop={event => {
        event.preventDefault();
        setOver(false);
        take([...event.dataTransfer.files]);
      }}
      onPaste={event => {
        const files = [...event.clipboardData.files];
        if (files.length === 0) return;
        event.preventDefault();
        take(files);
      }}
    >
      <MentionInput
        label={props.label}
        people={props.people}
        value={draft.text}
        rows={props.rows ?? 3}
        onChange={text => change({ text })}
        onMention={person =>
          change({
            people: [...(getDraft(props.draftKey) ?? draft).people.filter(one => one.id !== person.id), person],
          })
        }
        onSubmit={() => void send()}
        autoFocus={props.autoFocus ?? false}
        {...(props.onCancel ? { onCancel: props.onCancel } : {})}
      />
      {draft.items && (
        <ChecklistEditor
          items={draft.items}
          disabled={pending}
          onChange={items => change({ items })}
          onSubmit={() => void send()}
        />
      )}
      {draft.files.length > 0 && (
        <DraftFiles
          files={draft.files}
          onRemove={key => detach(props.draftKey, start, key)}
          onRetry={key => retry(props.draftKey, key)}
        />
      )}
      {failure && (
        <p role="alert" className="px-3 pt-1 text-danger text-xs">
          {failure}
        </p>
      )}
      <div className="comment-form__bar">
        <FileTrigger allowsMultiple onSelect={files => take([...(files ?? [])])}>
          <Tip text={t('attach')}>
            <Button isIconOnly size="sm" variant="ghost" aria-label={t('attach')}>
              <PaperClip />
            </Button>
          </Tip>
        </FileTrigger>
        <Tip text={t('addChecklist')}>
          <Button
            isIconOnly
            size="sm"
            variant="ghost"
            aria-label={t('addChecklist')}
            isDisabled={draft.items !== null}
            onPress={() => change({ items: [{ key: nextKey(), text: '' }] })}
          >
            <ListBullet />
          </Button>
        </Tip>
        <span className="ms-1 flex-none">
          <Toggle label={t('outside')} value={draft.outside} onChange={outside => change({ outside })} />
        </span>
        <span className="ms-auto flex flex-none items-center gap-2">
          {props.onCancel && (
            <Button size="sm" variant="ghost" onPress={props.onCancel}>
              {tr('cancel')}
            </Button>
          )}
          <Tip
            text={
              isUploading(draft)
                ? t('stillUploading')
                : draft.files.some(file => file.fault)
                  ? t('failedFile')
                  : t('hint')
            }
          >
            <Button size="sm" isDisabled={!ready} isPending={pending} onPress={() => void send()}>
              {props.action}
            </Button>
          </Tip>
        </span>
      </div>
    </fieldset>
  );
}
