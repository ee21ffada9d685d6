import BellIcon from '@heroicons/react/20/solid/BellIcon';
import { Button } from '@heroui/react/button';
import { Popover } from '@heroui/react/popover';
import { lazy, Suspense } from 'react';
import { useTranslations } from 'use-intl';
import { usePhone } from '@/ui/media';
import { SidePanel } from '@/ui/overlays/SidePanel';
import { SkeletonLines } from '@/ui/parts/Skeletons';
import { useUnread } from './useNotifications';

const NotificationPanel = lazy(async () => ({ default: (await import('./NotificationPanel')).NotificationPanel }));

/** How many notifications are unread; pressed, what they are: beside the bell, on a phone on a page of its own. */
export function Bell(props: {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  placement: 'right top' | 'bottom start';
}) {
  const t = useTranslations('notifications');
  const phone = usePhone();
  const unread = useUnread();
  const close = () => props.onOpenChange(false);
  const panel = (
    <Suspense
      fallback={
        <div className="p-4">
          <SkeletonLines lines={6} />
        </div>
      }
    >
      <NotificationPanel onLeave={close} closes={phone} />
    </Suspense>
  );
  const bell = (
    <Button
      isIconOnly
      size="sm"
      variant="ghost"
      className="bell"
      aria-label={t('bell', { count: unread })}
      {...(phone ? { onPress: () => props.onOpenChange(true) } : {})}
    >
      <BellIcon />
      {unread > 0 && (
        <span className="bell__count" aria-hidden="true">
          {unread > 99 ? '99+' : unread}
        </span>
      )}
    </Button>
  );
  if (phone)
    return (
      <>
        {bell}
        {props.open && (
          <SidePanel label={t('title')} onClose={close}>
            {panel}
          </SidePanel>
        )}
      </>
    );
  return (
    <Popover isOpen={props.open} onOpenChange={props.onOpenChange}>
      {bell}
      <Popover.Content placement={props.placement} className="notifications-popover">
        <Popover.Dialog aria-label={t('title')} className="p-0">
          {panel}
        </Popover.Dialog>
      </Popover.Content>
    </Popover>
  );
}
