import { toast } from '@heroui/react/toast';

/** Says that something worked. With `undo` it stays for ten seconds and offers the way back. */
export function notify(title: string, undo?: { label: string; run: () => void }) {
  if (!undo) {
    toast(title, { timeout: 4_000 });
    return;
  }
  const key: string = toast(title, {
    timeout: 10_000,
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
