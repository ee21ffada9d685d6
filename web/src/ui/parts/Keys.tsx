import { writeKeys } from '../hotkeys';

export function Keys({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-1">
      {writeKeys(keys).map(key => (
        <kbd key={key} className="kbd-key">
          {key}
        </kbd>
      ))}
    </span>
  );
}
