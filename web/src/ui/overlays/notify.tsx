import BellAlert from '@heroicons/react/16/solid/BellAlertIcon';
import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import { toast } from '@heroui/react/toast';
import type { ReactNode } from 'react';

const done = <CheckCircle className="size-4 text-success" />;
const bell = <BellAlert className="size-4 text-accent" />;

/** Says that something worked. With `undo` it stays for ten seconds and offers the way back. */
export function notify(title: string, undo?: { label: string; run: () => void }) {
  if (!undo) {
    toast(title, { timeout: 4_000, indicator: done });
    return;
  }
  offer(title, undo, 10_000, done);
}

/** Says what must not be missed, longer than other things, and offers the way to it. */
export function remind(title: string, open?: { label: string; run: () => void }) {
  if (open) offer(title, open, 30_000, bell);
  else toast(title, { timeout: 30_000, indicator: bell });
}

function offer(title: string, action: { label: string; run: () => void }, timeout: number, indicator: ReactNode) {
  const key: string = toast(title, {
    timeout,
    indicator,
    actionProps: {
      children: action.label,
      size: 'sm',
      variant: 'outline',
      onPress: () => {
        toast.close(key);
        action.run();
      },
    },
  });
}

/** Says that something did not work, and what to do. */
export function warn(title: string, description?: string) {
  toast(title, { timeout: 8_000, variant: 'danger', ...(description ? { description } : {}) });
}
