import { Dialog } from 'react-aria-components/Dialog';
import { Modal, ModalOverlay } from 'react-aria-components/Modal';
import { useTranslations } from 'use-intl';
import { Sidebar, type SidebarProps } from './Sidebar';

/** The sidebar where there is no room for it. */
export function SidebarDrawer({ onClose, ...props }: SidebarProps & { onClose: () => void }) {
  const t = useTranslations('shell');
  return (
    <ModalOverlay isOpen isDismissable className="sidebar-drawer__veil" onOpenChange={open => !open && onClose()}>
      <Modal className="sidebar-drawer">
        <Dialog aria-label={t('screens')} className="h-full outline-none">
          <Sidebar {...props} onChosen={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}
