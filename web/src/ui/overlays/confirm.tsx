import { AlertDialog } from '@heroui/react/alert-dialog';
import { Button } from '@heroui/react/button';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';

interface Question {
  /** Names the thing: "Delete Ada Lovelace?" */
  title: string;
  sentence?: ReactNode;
  /** The verb on the button. */
  action: string;
  cancel?: string;
  danger?: boolean;
}

let asked: (Question & { answer: (yes: boolean) => void }) | null = null;
const listeners = new Set<() => void>();

function put(next: typeof asked) {
  asked = next;
  for (const listener of listeners) listener();
}

/** Asks before something that can't be undone. */
export function confirm(question: Question): Promise<boolean> {
  asked?.answer(false);
  return new Promise(answer => put({ ...question, answer }));
}

/** Draws the question; once, in the shell. */
export function ConfirmHost() {
  const t = useTranslations('ui');
  const question = useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => asked,
  );
  function close(yes: boolean) {
    question?.answer(yes);
    put(null);
  }
  return (
    <AlertDialog.Backdrop
      isOpen={question !== null}
      isKeyboardDismissDisabled={false}
      isDismissable
      onOpenChange={open => !open && close(false)}
    >
      <AlertDialog.Container size="sm">
        <AlertDialog.Dialog>
          <AlertDialog.Heading className="font-semibold text-[15px]/5">{question?.title}</AlertDialog.Heading>
          {question?.sentence && <AlertDialog.Body className="mt-1.5 text-muted text-sm">{question.sentence}</AlertDialog.Body>}
          <AlertDialog.Footer className="mt-5 flex justify-end gap-2">
            <Button variant="outline" onPress={() => close(false)}>
              {question?.cancel ?? t('cancel')}
            </Button>
            <Button autoFocus variant={question?.danger ? 'danger' : 'primary'} onPress={() => close(true)}>
              {question?.action}
            </Button>
          </AlertDialog.Footer>
        </AlertDialog.Dialog>
      </AlertDialog.Container>
    </AlertDialog.Backdrop>
  );
}
