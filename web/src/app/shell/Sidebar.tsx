import ChevronDoubleLeft from '@heroicons/react/16/solid/ChevronDoubleLeftIcon';
import MagnifyingGlass from '@heroicons/react/16/solid/MagnifyingGlassIcon';
import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { NavLink } from 'react-router';
import { useTranslations } from 'use-intl';
import { JobsTray } from '@/kernel/jobs/JobsTray';
import { Keys } from '@/ui/parts/Keys';
import { Tip } from '@/ui/parts/Tip';
import type { NavigationGroup } from './navigation';
import { TenantSwitcher } from './TenantSwitcher';
import { UserMenu } from './UserMenu';

export interface SidebarProps {
  groups: readonly NavigationGroup[];
  onSearch: () => void;
  onKeys: () => void;
  collapsed?: boolean;
  /** Stands beside the organisation. */
  bell?: ReactNode;
  onToggle?: () => void;
  /** After a screen was chosen. */
  onChosen?: () => void;
}

export function Sidebar(props: SidebarProps) {
  const t = useTranslations('shell');
  const { collapsed = false } = props;
  return (
    <aside className="sidebar" aria-label={t('sidebar')} data-collapsed={collapsed || undefined}>
      <div className={`flex items-center ${collapsed ? 'flex-col' : 'pe-2'}`}>
        <div className="min-w-0 flex-1">
          <TenantSwitcher collapsed={collapsed} />
        </div>
        {props.bell}
      </div>
      <button
        type="button"
        className="sidebar__search"
        title={collapsed ? t('search') : undefined}
        onClick={props.onSearch}
      >
        <MagnifyingGlass className="size-4 flex-none" />
        <span className={collapsed ? 'sr-only' : 'flex-1 text-start'}>{t('search')}</span>
        {!collapsed && <Keys keys="mod+k" />}
      </button>
      <nav aria-label={t('screens')} className="sidebar__nav">
        {props.groups.map(group => (
          <section key={group.name} aria-label={group.name || undefined}>
            {!collapsed && group.name && <h2 className="sidebar__caption">{group.name}</h2>}
            <ul>
              {group.entries.map(entry => (
                <li key={entry.path}>
                  <NavLink
                    to={entry.path}
                    className="sidebar__item"
                    title={collapsed ? entry.label : undefined}
                    onClick={props.onChosen}
                  >
                    <entry.icon className="size-4 flex-none" aria-hidden="true" />
                    <span className={collapsed ? 'sr-only' : 'truncate'}>{entry.label}</span>
                  </NavLink>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </nav>
      <div className="px-2">
        <JobsTray collapsed={collapsed} />
      </div>
      <div className={`flex items-center gap-1 p-2 ${collapsed ? 'flex-col-reverse' : ''}`}>
        <div className="min-w-0 flex-1">
          <UserMenu
            collapsed={collapsed}
            settings={props.groups.some(group => group.entries.some(entry => entry.path === '/settings'))}
            onKeys={props.onKeys}
          />
        </div>
        {props.onToggle && (
          <Tip text={collapsed ? t('expand') : t('collapse')} keys="[" placement="right">
            <Button
              isIconOnly
              size="sm"
              variant="ghost"
              aria-label={collapsed ? t('expand') : t('collapse')}
              aria-expanded={!collapsed}
              className="text-muted"
              onPress={props.onToggle}
            >
              <ChevronDoubleLeft className={collapsed ? 'rotate-180' : ''} />
            </Button>
          </Tip>
        )}
      </div>
    </aside>
  );
}
