import { Modal } from '@heroui/react/modal';
import type { ReactNode } from 'react';

/** A short question with a few fields in the middle of the screen. */
export function FormDialog(props: { title: string; onClose: () => void; children: ReactNode; wide?: boolean }) {
  return (
    <Modal.Backdrop isOpen onOpenChange={open => !open && props.onClose()}>
      <Modal.Container size={props.wide ? 'lg' : 'sm'} placement="auto">
        <Modal.Dialog>
          <Modal.Heading className="mb-4 font-semibold text-[15px]/5">{props.title}</Modal.Heading>
          {props.children}
        </Modal.Dialog>
      </Modal.Container>
    </Modal.Backdrop>
  );
}
