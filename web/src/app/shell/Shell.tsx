import { Toast } from '@heroui/react/toast';
import { lazy, Suspense, use, useEffect, useMemo, useState } from 'react';
import { useNavigate } from 'react-router';
import { useLocale, useTranslations } from 'use-intl';
import { Messages } from '@/kernel/i18n/Messages';
import { JobsTray } from '@/kernel/jobs/JobsTray';
import { JobsWatch } from '@/kernel/jobs/JobsWatch';
import { LoadedModules } from '@/kernel/loadedModules';
import type { ModuleDeclaration } from '@/kernel/modules';
import { Bell } from '@/kernel/notifications/Bell';
import { NotificationWatch } from '@/kernel/notifications/NotificationWatch';
import { preloadPanels } from '@/kernel/records/routes';
import { useAccess, useMe } from '@/kernel/session/useSession';
import { useHotkeys } from '@/ui/hotkeys';
import { useNarrow } from '@/ui/media';
import { AskHost } from '@/ui/overlays/ask';
import { SidebarButton } from '@/ui/PageBar';
import { WorkZone } from '@/ui/workDay';
import { navigation } from './navigation';
import { OfflineBanner } from './OfflineBanner';
import { Screens } from './Screens';
import { Sidebar } from './Sidebar';
import { SidebarDrawer } from './SidebarDrawer';
import { ViewAsBanner } from './ViewAsBanner';

const Palette = lazy(async () => ({ default: (await import('./Palette')).Palette }));
const KeyHelp = lazy(async () => ({ default: (await import('@/ui/overlays/KeyHelp')).KeyHelp }));

const collapsedKey = 'tessera-sidebar';

/** Sidebar and sheet, with what belongs to every screen: palette, key help, questions and toasts. */
export function Shell(props: { modules: Promise<readonly ModuleDeclaration[]> }) {
  const t = useTranslations('shell');
  const modules = use(props.modules);
  const locale = useLocale();
  const me = useMe();
  const can = useAccess();
  const navigate = useNavigate();
  const narrow = useNarrow();
  const [open, setOpen] = useState<'palette' | 'keys' | 'sidebar' | 'notifications' | null>(null);
  const [collapsed, setCollapsed] = useState(() => localStorage.getItem(collapsedKey) === 'icons');
  const groups = navigation(modules, can, locale);

  const texts = useMemo(() => Object.assign({}, ...modules.map(module => module.messages)), [modules]);

  useEffect(preloadPanels, []);

  function toggleSidebar() {
    localStorage.setItem(collapsedKey, collapsed ? 'full' : 'icons');
    setCollapsed(!collapsed);
  }

  useHotkeys([
    { keys: 'mod+k', label: t('search'), group: t('everywhere'), everywhere: true, run: () => setOpen('palette') },
    ...(me.viewAs
      ? []
      : [{ keys: 'g n', label: t('notifications'), group: t('goTo'), run: () => setOpen('notifications') }]),
    { keys: '?', label: t('keys'), group: t('everywhere'), run: () => setOpen('keys') },
    ...(narrow ? [] : [{ keys: '[', label: t('toggleSidebar'), group: t('everywhere'), run: toggleSidebar }]),
    ...groups
      .flatMap(group => group.entries)
      .filter(entry => entry.go)
      .map(entry => ({
        keys: `g ${entry.go}`,
        label: entry.label,
        group: t('goTo'),
        run: () => void navigate(entry.path),
      })),
  ]);

  const bell = !me.viewAs && (
    <Bell
      open={open === 'notifications'}
      onOpenChange={shows => setOpen(shows ? 'notifications' : null)}
      placement={narrow ? 'bottom start' : 'right top'}
    />
  );
  const sidebar = { groups, onSearch: () => setOpen('palette'), onKeys: () => setOpen('keys') };
  // Where the sidebar is away, what runs in the background shows beside the button that brings it.
  const sidebarButton = narrow
    ? {
        label: t('openSidebar'),
        open: () => setOpen('sidebar'),
        beside: (
          <>
            {bell}
            <JobsTray collapsed placement="bottom start" />
          </>
        ),
      }
    : null;
  return (
    <LoadedModules value={modules}>
      <div className="shell">
        <a href="#content" className="skip-link">
          {t('skip')}
        </a>
        {!narrow && <Sidebar {...sidebar} bell={bell} collapsed={collapsed} onToggle={toggleSidebar} />}
        <div className="shell__sheet">
          <OfflineBanner />
          {me.viewAs && <ViewAsBanner name={me.user.fullName} />}
          <SidebarButton value={sidebarButton}>
            <main id="content" tabIndex={-1} className="shell__content">
              <Messages add={texts} locale={locale} timeZone={me.user.timeZone}>
                <WorkZone value={me.tenant.timeZone}>
                  <Screens modules={modules} start={groups[0]?.entries[0]?.path ?? '/unauthorized'} />
                  <AskHost />
                </WorkZone>
              </Messages>
            </main>
          </SidebarButton>
        </div>
        {narrow && open === 'sidebar' && <SidebarDrawer {...sidebar} onClose={() => setOpen(null)} />}
        <Suspense fallback={null}>
          {open === 'palette' && (
            <Palette groups={groups} onClose={() => setOpen(null)} onKeys={() => setOpen('keys')} />
          )}
          {open === 'keys' && <KeyHelp onClose={() => setOpen(null)} />}
        </Suspense>
        <Toast.Provider placement="bottom" />
        <JobsWatch />
        <NotificationWatch />
      </div>
    </LoadedModules>
  );
}
