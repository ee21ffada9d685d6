import ChevronUpDown from '@heroicons/react/16/solid/ChevronUpDownIcon';
import { Button } from '@heroui/react/button';
import { Dropdown } from '@heroui/react/dropdown';
import { Label } from '@heroui/react/label';
import { Spinner } from '@heroui/react/spinner';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { isProblem } from '@/kernel/http/problem';
import { request } from '@/kernel/http/request';
import { session } from '@/kernel/session/session';
import type { SignedIn } from '@/kernel/session/types';
import { useMe } from '@/kernel/session/useSession';
import { warn } from '@/ui/overlays/notify';
import { initials } from '@/ui/parts/Avatar';

export function TenantSwitcher({ collapsed }: { collapsed: boolean }) {
  const t = useTranslations('shell');
  const { tenant, tenants } = useMe();
  const navigate = useNavigate();

  // The name changes at once; what lies beside it follows when the server has answered.
  const [going, setGoing] = useState<string | null>(null);
  const shown = tenants.find(one => one.slug === going) ?? tenant;

  async function change(slug: string) {
    if (slug === tenant.slug || going !== null) return;
    setGoing(slug);
    try {
      const next = await request<SignedIn>('POST', '/api/v1/auth/switch', { body: { tenant: slug } });
      await navigate('/');
      session.adopt(next);
    } catch (error) {
      warn(t('switchFailed'), isProblem(error) ? error.message : undefined);
    } finally {
      setGoing(null);
    }
  }

  const face = (
    <>
      <span className="tenant-mark" aria-hidden="true">
        {initials(shown.name)}
      </span>
      <span className={collapsed ? 'sr-only' : 'min-w-0 flex-1 truncate text-start font-semibold'}>{shown.name}</span>
    </>
  );
  if (tenants.length < 2) return <div className="sidebar__tenant">{face}</div>;
  return (
    <Dropdown>
      <Button variant="ghost" className="sidebar__tenant" isPending={going !== null}>
        {face}
        <span className="sr-only">{t('switchTenant')}</span>
        {going !== null ? (
          <Spinner size="sm" color="current" aria-label={t('switching')} />
        ) : (
          !collapsed && <ChevronUpDown className="text-muted" />
        )}
      </Button>
      <Dropdown.Popover placement="bottom start" className="min-w-56">
        <Dropdown.Menu
          aria-label={t('tenants')}
          selectionMode="single"
          selectedKeys={[tenant.slug]}
          onAction={key => void change(String(key))}
        >
          {tenants.map(one => (
            <Dropdown.Item key={one.slug} id={one.slug} textValue={one.name}>
              <Dropdown.ItemIndicator />
              <Label>{one.name}</Label>
              <span className="ms-auto text-muted text-xs">
                {t.has(roleKey(one.role)) ? t(roleKey(one.role)) : one.role}
              </span>
            </Dropdown.Item>
          ))}
        </Dropdown.Menu>
      </Dropdown.Popover>
    </Dropdown>
  );
}

// A role may be newer than this client's catalogue, hence the question whether there is a word.
const roleKey = (role: string) => `roles.${role}` as 'roles.admin';
