import Plus from '@heroicons/react/16/solid/PlusIcon';
import Trash from '@heroicons/react/16/solid/TrashIcon';
import { Button } from '@heroui/react/button';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import type { OwnSettingProps } from '@/kernel/modules';
import { DateInput } from '@/ui/fields/DateInput';
import { TextInput } from '@/ui/fields/TextInput';
import { CivilDate } from '@/ui/parts/Moment';

interface Holiday {
  date: string;
  name: string;
}

/** The days nobody works, in their order; a new one needs its day and its name. */
export default function Holidays(props: OwnSettingProps) {
  const t = useTranslations('production.settings');
  const holidays = (Array.isArray(props.value) ? props.value : []) as Holiday[];
  const [date, setDate] = useState<string | null>(null);
  const [name, setName] = useState<string | null>(null);
  const add = () => {
    if (!date || !name) return;
    props.onChange(
      [...holidays.filter(one => one.date !== date), { date, name }].sort((a, b) => a.date.localeCompare(b.date)),
    );
    setDate(null);
    setName(null);
  };
  return (
    <div className="flex flex-col gap-1.5">
      <span className="label">{props.label}</span>
      {holidays.length > 0 && (
        <ul aria-label={props.label} className="border-border border-t">
          {holidays.map(holiday => (
            <li key={holiday.date} className="flex min-h-10 items-center gap-3 border-border border-b text-sm">
              <span className="w-28 flex-none">
                <CivilDate on={holiday.date} />
              </span>
              <span className="min-w-0 flex-1 truncate">{holiday.name}</span>
              {!props.disabled && (
                <Button
                  isIconOnly
                  size="sm"
                  variant="ghost"
                  aria-label={t('removeHoliday', { name: holiday.name })}
                  onPress={() => props.onChange(holidays.filter(one => one !== holiday))}
                >
                  <Trash />
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
      {!props.disabled && (
        <div className="grid grid-cols-[150px_minmax(0,1fr)_auto] items-end gap-2 max-sm:grid-cols-1">
          <DateInput label={t('holidayDay')} value={date} onChange={setDate} />
          <TextInput label={t('holidayName')} value={name} onChange={setName} maxLength={100} />
          <Button variant="outline" isDisabled={!date || !name} onPress={add}>
            <Plus />
            {t('addHoliday')}
          </Button>
        </div>
      )}
      {props.help && <p className="text-muted text-xs">{props.help}</p>}
      {props.error && <p className="text-danger text-xs">{props.error}</p>}
    </div>
  );
}
