import { type InputHTMLAttributes, useId, useState } from 'react';

/** A native field: the pages before sign-in carry no form library. */
export function PlainField(
  props: InputHTMLAttributes<HTMLInputElement> & {
    label: string;
    name: string;
    help?: string;
    error?: string | undefined;
    reveal?: { show: string; hide: string };
  },
) {
  const id = useId();
  const { label, help, error, reveal, type, ...rest } = props;
  const [open, setOpen] = useState(false);
  const note = error ?? help;
  return (
    <div className="flex flex-col gap-1.5">
      <label htmlFor={id} className="label">
        {label}
      </label>
      <div className="relative">
        <input
          id={id}
          required
          spellCheck={false}
          {...rest}
          type={open ? 'text' : type}
          className="input w-full"
          data-invalid={error ? true : undefined}
          aria-invalid={error ? true : undefined}
          aria-describedby={note ? `${id}-note` : undefined}
        />
        {reveal && (
          <button
            type="button"
            aria-pressed={open}
            aria-label={reveal.show}
            title={open ? reveal.hide : reveal.show}
            className="absolute end-1 top-1/2 grid size-7 -translate-y-1/2 cursor-pointer place-items-center rounded-md text-muted hover:text-foreground"
            onClick={() => setOpen(!open)}
          >
            <svg viewBox="0 0 16 16" className="size-4 fill-none stroke-current" aria-hidden="true">
              <path d="M1.5 8S4 3.5 8 3.5 14.5 8 14.5 8 12 12.5 8 12.5 1.5 8 1.5 8Z" strokeWidth="1.3" />
              <circle cx="8" cy="8" r="2" strokeWidth="1.3" />
              {open && <path d="m3 13 10-10" strokeWidth="1.3" strokeLinecap="round" />}
            </svg>
          </button>
        )}
      </div>
      {note && (
        <p id={`${id}-note`} className={error ? 'text-danger text-xs' : 'text-muted text-xs'}>
          {note}
        </p>
      )}
    </div>
  );
}
