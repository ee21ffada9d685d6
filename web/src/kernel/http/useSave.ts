import { useState } from 'react';
import { isProblem } from './problem';

export interface Saving {
  waiting: boolean;
  /** The server's sentence about a field. */
  errorOf: (field: string) => string | undefined;
  /** What went wrong and belongs to no field shown. */
  failure: string | undefined;
  /** Says against a field what the server need not be asked for. */
  refuse: (field: string, sentence: string) => void;
  /** Runs one request; true when it went through. */
  run: (work: () => Promise<unknown>) => Promise<boolean>;
}

/** One request of a small form: whether it is on its way, and what the server said against it. */
export function useSave(fields: readonly string[]): Saving {
  const [waiting, setWaiting] = useState(false);
  const [errors, setErrors] = useState<Readonly<Record<string, readonly string[]>>>({});
  const [failure, setFailure] = useState<string>();
  return {
    waiting,
    errorOf: field => errors[field]?.join(' '),
    failure,
    refuse: (field, sentence) => setErrors({ [field]: [sentence] }),
    async run(work) {
      setWaiting(true);
      setErrors({});
      setFailure(undefined);
      try {
        await work();
        return true;
      } catch (error) {
        if (!isProblem(error)) throw error;
        setErrors(error.errors);
        const placed = Object.keys(error.errors).some(field => fields.includes(field));
        if (!placed) setFailure(error.sentence);
        return false;
      } finally {
        setWaiting(false);
      }
    },
  };
}
