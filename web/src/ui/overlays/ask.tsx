import { AlertDialog } from '@heroui/react/alert-dialog';
import { Button } from '@heroui/react/button';
import { type ReactNode, useSyncExternalStore } from 'react';
import { useTranslations } from 'use-intl';

type Asked = { id: number; draw: () => ReactNode; dismiss: () => void };

let asked: Asked | null = null;
let count = 0;
const listeners = new Set<() => void>();

function put(next: Asked | null) {
  asked = next;
  for (const listener of listeners) listener();
}

/** Shows a dialog and waits for its answer; `null` when it was dismissed. A new question dismisses the one before. */
export function ask<Answer>(draw: (answer: (value: Answer | null) => void) => ReactNode): Promise<Answer | null> {
  asked?.dismiss();
  return new Promise(resolve => {
    const id = ++count;
    const answer = (value: Answer | null) => {
      resolve(value);
      if (asked?.id === id) put(null);
    };
    put({ id, draw: () => draw(answer), dismiss: () => answer(null) });
  });
}

/** Where questions appear; once, in the shell. */
export function AskHost() {
  const question = useSyncExternalStore(
    listener => {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    () => asked,
  );
  return question && <Drawn key={question.id} draw={question.draw} />;
}

const Drawn = ({ draw }: { draw: () => ReactNode }) => draw();

interface Question {
  /** Names the thing: "Delete Ada Lovelace?" */
  title: string;
  sentence?: ReactNode;
  /** The verb on the button. */
  action: string;
  cancel?: string;
  danger?: boolean;
}

/** Asks before something that can't be undone. */
export async function confirm(question: Question): Promise<boolean> {
  return (await ask<boolean>(answer => <ConfirmDialog {...question} onAnswer={answer} />)) ?? false;
}

function ConfirmDialog(props: Question & { onAnswer: (yes: boolean) => void }) {
  const t = useTranslations('ui');
  return (
    <AlertDialog.Backdrop
      isOpen
      isDismissable
      isKeyboardDismissDisabled={false}
      onOpenChange={open => !open && props.onAnswer(false)}
    >
      <AlertDialog.Container size="sm">
        <AlertDialog.Dialog>
          <AlertDialog.Heading className="font-semibold text-[15px]/5">{props.title}</AlertDialog.Heading>
          {props.sentence && (
            <AlertDialog.Body className="mt-1.5 text-muted text-sm">{props.sentence}</AlertDialog.Body>
          )}
          <AlertDialog.Footer className="mt-5 flex justify-end gap-2">
            <Button autoFocus={props.danger ?? false} variant="outline" onPress={() => props.onAnswer(false)}>
              {props.cancel ?? t('cancel')}
            </Button>
            <Button
              autoFocus={!props.danger}
              variant={props.danger ? 'danger' : 'primary'}
              onPress={() => props.onAnswer(true)}
            >
              {props.action}
            </Button>
          </AlertDialog.Footer>
        </AlertDialog.Dialog>
      </AlertDialog.Container>
    </AlertDialog.Backdrop>
  );
}
