import { useEffect, useState } from 'react';
import { useParams } from 'react-router';
import { useTranslations } from 'use-intl';
import type { SharedRecord } from '@/api/types.gen';
import { isProblem, type Problem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { Messages } from '@/kernel/i18n/Messages';
import kernelMessages from '@/kernel/messages/en.json';
import type { Noun } from '@/kernel/records/noun';
import uiMessages from '@/ui/messages/en.json';
import sharedMessages from '../messages/shared.en.json';
import { modules } from '../modules';
import { Front } from '../sign-in/Front';
import { SharedFields } from './SharedFields';

const messages = { ...uiMessages, ...kernelMessages, ...sharedMessages };

/** `/shared/<token>`: one record for the holder of its link, who need not have an account. */
export default function SharedPage() {
  return (
    <Messages add={messages} locale="en">
      <Opened />
    </Messages>
  );
}

type Found = { record: SharedRecord; noun: Noun | undefined };

function Opened() {
  const t = useTranslations('shared');
  const { token = '' } = useParams();
  const [found, setFound] = useState<Found | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [attempt, setAttempt] = useState(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: another attempt loads again
  useEffect(() => {
    let gone = false;
    load(token).then(
      next => !gone && setFound(next),
      error => !gone && setProblem(isProblem(error) ? error : null),
    );
    return () => {
      gone = true;
    };
  }, [token, attempt]);

  if (found) return <SharedFields token={token} {...found} />;
  if (!problem) return <Front title={t('loading')}>{null}</Front>;
  if (problem.status === 404) {
    return (
      <Front title={t('gone')} sentence={t('goneSentence')}>
        {null}
      </Front>
    );
  }
  return (
    <Front title={t('failed')} sentence={problem.message}>
      <button
        type="button"
        className="button button--outline"
        onClick={() => {
          setProblem(null);
          setAttempt(attempt + 1);
        }}
      >
        {t('retry')}
      </button>
    </Front>
  );
}

/** The record, and the declaration that knows the words for its fields. */
async function load(token: string): Promise<Found> {
  const record = await request<SharedRecord>('GET', `/api/v1/shared/${encodeURIComponent(token)}`);
  const declared = await Promise.all([
    ...Object.values(modules).map(async module => (await module()).default),
    import('../workspace').then(workspace => workspace.platform),
  ]);
  const nouns = declared.flatMap(module => module.nouns);
  return { record, noun: nouns.find(noun => noun.path.endsWith(`/${record.noun}`)) };
}
