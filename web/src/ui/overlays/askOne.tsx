import { Button } from '@heroui/react/button';
import type { ReactNode } from 'react';
import { ask } from './ask';
import { FormDialog } from './FormDialog';

interface Option {
  id: string;
  label: string;
  icon?: ReactNode;
}

/** Asks for one of a few; null when it was dismissed. */
export function askOne(title: string, options: readonly Option[]): Promise<string | null> {
  return ask<string>(answer => (
    <FormDialog title={title} onClose={() => answer(null)}>
      <ul className="-mx-2 flex flex-col">
        {options.map(option => (
          <li key={option.id}>
            <Button fullWidth variant="ghost" className="justify-start" onPress={() => answer(option.id)}>
              {option.icon}
              {option.label}
            </Button>
          </li>
        ))}
      </ul>
    </FormDialog>
  ));
}
