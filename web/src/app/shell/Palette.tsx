import Plus from '@heroicons/react/16/solid/PlusIcon';
import { useCallback, useMemo } from 'react';
import { useNavigate } from 'react-router';
import { useTranslations } from 'use-intl';
import { request } from '@/kernel/http/request';
import { session } from '@/kernel/session/session';
import { useAccess } from '@/kernel/session/useSession';
import type { LookupItem } from '@/ui/fields/Lookup';
import { CommandPalette, type PaletteItem } from '@/ui/overlays/CommandPalette';
import type { NavigationGroup } from './navigation';

/** Screens, verbs, and the records of every screen the person may open. */
export function Palette(props: { groups: readonly NavigationGroup[]; onClose: () => void; onKeys: () => void }) {
  const t = useTranslations('shell');
  const can = useAccess();
  const navigate = useNavigate();
  const screens = useMemo(() => props.groups.flatMap(group => group.entries), [props.groups]);

  const items: PaletteItem[] = [
    ...screens.map(screen => ({
      id: screen.path,
      label: screen.label,
      group: t('goTo'),
      icon: <screen.icon />,
      keys: screen.go && `g ${screen.go}`,
      run: () => void navigate(screen.path),
    })),
    ...screens
      .filter(screen => screen.create && (screen.page === null || can(screen.page, 'write')))
      .map(screen => ({
        id: `${screen.path}/new`,
        label: screen.create ?? '',
        group: t('create'),
        icon: <Plus />,
        run: () => void navigate(`${screen.path}/new`),
      })),
    { id: 'keys', label: t('keys'), group: t('more'), keys: '?', run: props.onKeys },
    { id: 'sign-out', label: t('signOut'), group: t('more'), run: () => void session.signOut() },
  ];

  const find = useCallback(
    async (search: string, signal: AbortSignal): Promise<PaletteItem[]> => {
      // A screen that can't answer must not hide what the others found.
      const answers = await Promise.allSettled(
        screens
          .filter(screen => screen.lookup)
          .map(async screen => {
            const { items } = await request<{ items: LookupItem[] }>('GET', `${screen.lookup}`, {
              query: { search, limit: 5 },
              signal,
            });
            return items.map(item => ({
              id: `${screen.path}/${item.id}`,
              label: item.name,
              hint: item.detail,
              group: screen.label,
              icon: <screen.icon />,
              run: () => void navigate(`${screen.path}/${item.id}`),
            }));
          }),
      );
      return answers.flatMap(answer => (answer.status === 'fulfilled' ? answer.value : []));
    },
    [screens, navigate],
  );

  return <CommandPalette label={t('searchOrDo')} items={items} find={find} onClose={props.onClose} />;
}
