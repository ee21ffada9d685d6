import { Avatar, Person } from '@/ui/parts/Avatar';

/** Who does it: one by name, several as faces with the first by name. */
export function Assignees({ names }: { names: readonly string[] }) {
  const [first, ...rest] = names;
  if (first === undefined) return null;
  if (rest.length === 0) return <Person name={first} />;
  return (
    <span className="flex min-w-0 items-center gap-2" title={names.join(', ')}>
      <span className="flex flex-none -space-x-1.5">
        {names.slice(0, 3).map(name => (
          <Avatar key={name} name={name} />
        ))}
      </span>
      <span className="truncate">
        {first} <span className="text-muted">+{rest.length}</span>
      </span>
      <span className="sr-only">{rest.join(', ')}</span>
    </span>
  );
}
