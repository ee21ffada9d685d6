import SignalSlash from '@heroicons/react/16/solid/SignalSlashIcon';
import { useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';

function follow(changed: () => void) {
  window.addEventListener('online', changed);
  window.addEventListener('offline', changed);
  return () => {
    window.removeEventListener('online', changed);
    window.removeEventListener('offline', changed);
  };
}

/** Says that the device has no connection, so that nobody wonders why nothing is new or can be saved. */
export function OfflineBanner() {
  const t = useTranslations('shell');
  const online = useSyncExternalStore(follow, () => navigator.onLine);
  return (
    <div role="status">
      {!online && (
        <p className="flex min-h-10 items-center gap-2 border-border border-b bg-default px-4 py-2 text-sm">
          <SignalSlash className="size-4 flex-none" aria-hidden="true" />
          {t('offline')}
        </p>
      )}
    </div>
  );
}
