import { Button } from '@heroui/react/button';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { confirm } from '@/ui/overlays/ask';
import { warn } from '@/ui/overlays/notify';
import { isProblem } from '../../http/problem';
import type { Noun } from '../../records/noun';
import type { ImportRun } from '../contract';
import { importPath } from '../names';
import { discard } from './runs';

/** Throws an import away that was not applied. */
export function DiscardButton({ noun, run }: { noun: Noun; run: ImportRun }) {
  const t = useTranslations('import');
  const navigate = useNavigate();

  async function throwAway() {
    const yes = await confirm({
      title: t('discardAsk', { file: run.fileName }),
      sentence: t('discardSentence'),
      action: t('discard'),
      danger: true,
    });
    if (!yes) return;
    try {
      await discard(run);
      await navigate(importPath(noun));
    } catch (error) {
      if (!isProblem(error)) throw error;
      warn(t('discardFailed'), error.message);
    }
  }

  return (
    <Button variant="ghost" className="text-muted" onPress={() => void throwAway()}>
      {t('discard')}
    </Button>
  );
}
