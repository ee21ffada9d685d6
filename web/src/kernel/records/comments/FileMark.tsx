import Document from '@heroicons/react/16/solid/DocumentIcon';
import DocumentText from '@heroicons/react/16/solid/DocumentTextIcon';
import Film from '@heroicons/react/16/solid/FilmIcon';
import MusicalNote from '@heroicons/react/16/solid/MusicalNoteIcon';
import Photo from '@heroicons/react/16/solid/PhotoIcon';
import TableCells from '@heroicons/react/16/solid/TableCellsIcon';

/** What kind of file it is, at a glance. */
export function FileMark({ type }: { type: string | undefined }) {
  const Mark = markOf(type ?? '');
  return <Mark aria-hidden="true" className="size-4 flex-none text-muted" />;
}

function markOf(type: string) {
  if (type.startsWith('image/')) return Photo;
  if (type.startsWith('video/')) return Film;
  if (type.startsWith('audio/')) return MusicalNote;
  if (type === 'text/csv' || type.includes('spreadsheet')) return TableCells;
  return type.startsWith('text/') || type === 'application/pdf' ? DocumentText : Document;
}
