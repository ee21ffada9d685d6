import DocumentArrowUp from '@heroicons/react/20/solid/DocumentArrowUpIcon';
import { Button } from '@heroui/react/button';
import { DropZone } from 'react-aria-components/DropZone';
import { FileTrigger } from 'react-aria-components/FileTrigger';

/** A place for one file: dropped on it, chosen by a button, or pasted while it has the focus. */
export function FileDrop(props: {
  label: string;
  /** The verb on the button. */
  choose: string;
  sentence: string;
  accept: readonly string[];
  onFile: (file: File) => void;
  /** Text was pasted or dropped instead of a file. */
  onText?: (text: string) => void;
  disabled?: boolean;
}) {
  return (
    <DropZone
      aria-label={props.label}
      className="file-drop"
      isDisabled={props.disabled ?? false}
      onDrop={event => {
        const file = event.items.find(item => item.kind === 'file');
        if (file?.kind === 'file') {
          void file.getFile().then(props.onFile);
          return;
        }
        const text = event.items.find(item => item.kind === 'text' && item.types.has('text/plain'));
        if (text?.kind === 'text') void text.getText('text/plain').then(found => props.onText?.(found));
      }}
    >
      <DocumentArrowUp aria-hidden="true" className="size-6 text-muted" />
      <p className="font-medium text-base">{props.label}</p>
      <p className="max-w-md text-center text-muted text-sm">{props.sentence}</p>
      <FileTrigger
        acceptedFileTypes={props.accept}
        onSelect={files => {
          const file = files?.[0];
          if (file) props.onFile(file);
        }}
      >
        <Button variant="outline" className="mt-2" isDisabled={props.disabled ?? false}>
          {props.choose}
        </Button>
      </FileTrigger>
    </DropZone>
  );
}
