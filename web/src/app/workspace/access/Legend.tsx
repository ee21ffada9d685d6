import Clock from '@heroicons/react/16/solid/ClockIcon';
import EyeIcon from '@heroicons/react/16/solid/EyeIcon';
import NoSymbol from '@heroicons/react/16/solid/NoSymbolIcon';
import PencilIcon from '@heroicons/react/16/solid/PencilIcon';
import { useTranslations } from 'use-intl';
import { Pin } from '@/ui/matrix/Pin';
import { Keys } from '@/ui/parts/Keys';

const signs = [
  { id: 'byRole', look: 'matrix__level--write', sign: <PencilIcon className="size-3" /> },
  { id: 'granted', look: 'matrix__level--own', sign: <EyeIcon className="size-3" /> },
  { id: 'denied', look: 'matrix__level--own matrix__level--denied', sign: <NoSymbol className="size-3" /> },
  { id: 'pinned', look: '', sign: <Pin /> },
  { id: 'runsOut', look: '', sign: <Clock className="size-3" /> },
] as const;

/** What the looks of the cells mean, and the keys. */
export function Legend({ canWrite }: { canWrite: boolean }) {
  const t = useTranslations('people');
  return (
    <div className="matrix-legend">
      {signs.map(({ id, look, sign }) => (
        <span key={id} className="flex items-center gap-1.5" title={t(`legendHelp.${id}`)}>
          <span className={`matrix-legend__swatch rounded ${look}`} aria-hidden="true">
            {sign}
          </span>
          {t(`legend.${id}`)}
        </span>
      ))}
      {canWrite && (
        <span className="matrix-legend__keys ms-auto flex items-center gap-2 max-lg:hidden">
          <Keys keys="r" /> {t('keyRead')} <Keys keys="w" /> {t('keyWrite')} <Keys keys="n" /> {t('keyNone')}{' '}
          <Keys keys="i" /> {t('keyInherit')} <Keys keys="Enter" /> {t('keyWhy')}
        </span>
      )}
    </div>
  );
}
