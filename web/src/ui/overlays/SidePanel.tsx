import type { ReactNode } from 'react';
import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';

/**
 * A panel at the right, over a list that stays readable; a page on phones. It is open as long as it is rendered, so its
 * URL decides. `returnFocus` names the element that gets the focus back when the panel was opened by its address.
 */
export function SidePanel(props: {
  label: string;
  onClose: () => void;
  width?: number;
  children: ReactNode;
  /** Asked before closing; false keeps the panel open. */
  mayClose?: () => boolean;
}) {
  const width = props.width ?? 760;
  return (
    <ModalOverlay
      isOpen
      isDismissable
      className="side-panel__veil"
      onOpenChange={open => {
        if (!open && (props.mayClose?.() ?? true)) props.onClose();
      }}
    >
      <Modal className="side-panel" style={{ width: `min(${width}px, 100vw)` }}>
        <Dialog aria-label={props.label} className="side-panel__dialog">
          {props.children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
