import ArrowRightStartOnRectangle from '@heroicons/react/16/solid/ArrowRightStartOnRectangleIcon';
import KeyboardIcon from '@heroicons/react/16/solid/CommandLineIcon';
import ComputerDesktop from '@heroicons/react/16/solid/ComputerDesktopIcon';
import Moon from '@heroicons/react/16/solid/MoonIcon';
import Sun from '@heroicons/react/16/solid/SunIcon';
import UserCircle from '@heroicons/react/16/solid/UserCircleIcon';
import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Header } from '@heroui/react/header';
import { Label } from '@heroui/react/label';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { session } from '@/kernel/session/session';
import { useMe } from '@/kernel/session/useSession';
import { Avatar } from '@/ui/parts/Avatar';
import { Keys } from '@/ui/parts/Keys';
import { chooseTheme, chosenTheme, type Theme } from '@/ui/theme';

const themes = [
  { id: 'system', icon: ComputerDesktop },
  { id: 'light', icon: Sun },
  { id: 'dark', icon: Moon },
] as const;

export function UserMenu({
  collapsed,
  settings,
  onKeys,
}: {
  collapsed: boolean;
  settings: boolean;
  onKeys: () => void;
}) {
  const t = useTranslations('shell');
  const { user } = useMe();
  const navigate = useNavigate();
  const [theme, setTheme] = useState<Theme>(chosenTheme);

  function act(key: string) {
    if (key === 'profile') void navigate(settings ? '/settings' : '/profile');
    else if (key === 'keys') onKeys();
    else if (key === 'sign-out') void session.signOut();
  }

  return (
    <Dropdown>
      <Button variant="ghost" className="sidebar__user">
        <Avatar name={user.fullName} size={22} />
        <span className={collapsed ? 'sr-only' : 'min-w-0 flex-1 truncate text-start font-medium'}>
          {user.fullName}
        </span>
        <span className="sr-only">{t('userMenu')}</span>
      </Button>
      <Dropdown.Popover placement="top start" className="min-w-56">
        <Dropdown.Menu aria-label={user.fullName} onAction={key => act(String(key))}>
          <Dropdown.Section>
            <Header className="truncate">{user.email}</Header>
            <Dropdown.Item id="profile" textValue={t('profile')}>
              <UserCircle className="size-4 text-muted" />
              <Label>{t('profile')}</Label>
            </Dropdown.Item>
            <Dropdown.Item id="keys" textValue={t('keys')}>
              <KeyboardIcon className="size-4 text-muted" />
              <Label>{t('keys')}</Label>
              <span className="ms-auto">
                <Keys keys="?" />
              </span>
            </Dropdown.Item>
          </Dropdown.Section>
          <Dropdown.Section
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[theme]}
            onSelectionChange={keys => {
              const [chosen] = keys === 'all' ? [] : [...keys];
              if (chosen === undefined) return;
              chooseTheme(chosen as Theme);
              setTheme(chosen as Theme);
            }}
          >
            <Header>{t('theme')}</Header>
            {themes.map(({ id, icon: Icon }) => (
              <Dropdown.Item key={id} id={id} textValue={t(`themes.${id}`)}>
                <Dropdown.ItemIndicator />
                <Icon className="size-4 text-muted" />
                <Label>{t(`themes.${id}`)}</Label>
              </Dropdown.Item>
            ))}
          </Dropdown.Section>
          <Dropdown.Section aria-label={t('signOut')}>
            <Dropdown.Item id="sign-out" textValue={t('signOut')}>
              <ArrowRightStartOnRectangle className="size-4 text-muted" />
              <Label>{t('signOut')}</Label>
            </Dropdown.Item>
          </Dropdown.Section>
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}
