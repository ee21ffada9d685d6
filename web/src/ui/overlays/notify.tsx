import CheckCircle from '@heroicons/react/16/solid/CheckCircleIcon';
import { toast } from '@heroui/react/toast';

const done = <CheckCircle className="size-4 text-success" />;

/** Says that something worked. With `undo` it stays for ten seconds and offers the way back. */
export function notify(title: string, undo?: { label: string; run: () => void }) {
  if (!undo) {
    toast(title, { timeout: 4_000, indicator: done });
    return;
  }
  const key: string = toast(title, {
    timeout: 10_000,
    indicator: done,
    actionProps: {
      children: undo.label,
      size: 'sm',
      variant: 'outline',
      onPress: () => {
        toast.close(key);
        undo.run();
      },
    },
  });
}

/** Says that something did not work, and what to do. */
export function warn(title: string, description?: string) {
  toast(title, { timeout: 8_000, variant: 'danger', ...(description ? { description } : {}) });
}
