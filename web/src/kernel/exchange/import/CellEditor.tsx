import { useState } from 'react';

/** A cell being typed into. Enter and leaving keep it, Escape gives up (`null`). */
export function CellEditor(props: { label: string; text: string; onDone: (text: string | null) => void }) {
  const [text, setText] = useState(props.text);
  return (
    <input
      aria-label={props.label}
      // biome-ignore lint/a11y/noAutofocus: somebody just asked to type here
      autoFocus
      value={text}
      className="plan-grid__input"
      onFocus={event => event.currentTarget.select()}
      onChange={event => setText(event.target.value)}
      onBlur={() => props.onDone(text)}
      onKeyDown={event => {
        if (event.key === 'Enter') props.onDone(text);
        else if (event.key === 'Escape') props.onDone(null);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    />
  );
}
