import { Button } from '@heroui/react/button';
import { useTranslations } from 'use-intl';
import { EmptyState } from './EmptyState';

/** Something failed: what happened, what to do, and the number that finds it in the server's log. */
export function ErrorState(props: {
  title: string;
  sentence: string;
  traceId?: string | undefined;
  onRetry?: () => void;
}) {
  const t = useTranslations('ui');
  return (
    <div role="alert" className="h-full">
      <EmptyState
        title={props.title}
        sentence={
          <>
            {props.sentence}
            {props.traceId && (
              <span className="mt-2 block text-xs">
                {t('traceId')} <code className="select-all break-all font-mono text-2xs">{props.traceId}</code>
              </span>
            )}
          </>
        }
      >
        {props.onRetry && (
          <Button variant="outline" onPress={props.onRetry}>
            {t('retry')}
          </Button>
        )}
      </EmptyState>
    </div>
  );
}
