import ChevronDown from '@heroicons/react/16/solid/ChevronDownIcon';
import ChevronUp from '@heroicons/react/16/solid/ChevronUpIcon';
import XMark from '@heroicons/react/16/solid/XMarkIcon';
import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Tip } from '@/ui/parts/Tip';

/** The bar on top of a panel. */
export function PanelBar(props: {
  title: string;
  onClose: () => void;
  onStep?: ((by: 1 | -1) => void) | undefined;
  children?: ReactNode;
}) {
  const t = useTranslations('records');
  return (
    <div className="flex h-12 flex-none items-center gap-1 border-border border-b ps-5 pe-2">
      <h2 className="min-w-0 flex-1 truncate text-muted text-sm">{props.title}</h2>
      {props.onStep && (
        <>
          <Tip text={t('previous')} keys="K">
            <Button isIconOnly size="sm" variant="ghost" aria-label={t('previous')} onPress={() => props.onStep?.(-1)}>
              <ChevronUp />
            </Button>
          </Tip>
          <Tip text={t('next')} keys="J">
            <Button isIconOnly size="sm" variant="ghost" aria-label={t('next')} onPress={() => props.onStep?.(1)}>
              <ChevronDown />
            </Button>
          </Tip>
        </>
      )}
      {props.children}
      <Tip text={t('close')} keys="Esc">
        <Button isIconOnly size="sm" variant="ghost" aria-label={t('close')} onPress={props.onClose}>
          <XMark />
        </Button>
      </Tip>
    </div>
  );
}
