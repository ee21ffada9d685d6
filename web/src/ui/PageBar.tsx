import Bars3 from '@heroicons/react/20/solid/Bars3Icon';
import { Button } from '@heroui/react/button';
import { createContext, type ReactNode, useContext, useEffect } from 'react';

/** How a page opens the sidebar where it is hidden; null where it is always there. */
export const SidebarButton = createContext<{ label: string; open: () => void; beside?: ReactNode } | null>(null);

/** The bar on top of every page: its title, a count, what belongs to the whole page, and one primary action. */
export function PageBar(props: { title: string; count?: ReactNode; tabs?: ReactNode; children?: ReactNode }) {
  const sidebar = useContext(SidebarButton);
  useEffect(() => {
    document.title = `${props.title} · Tessera`;
  }, [props.title]);
  return (
    <header className="page-bar">
      {sidebar && (
        <Button isIconOnly variant="ghost" aria-label={sidebar.label} className="-ms-2" onPress={sidebar.open}>
          <Bars3 />
        </Button>
      )}
      {sidebar?.beside}
      {/* Beside tabs that scroll it keeps its place: shrinking by a hair would cost it its last letters. */}
      <h1 className="truncate font-semibold sm:max-w-[60%] sm:shrink-0 text-[15px]/5 tracking-[-0.01em]">
        {props.title}
      </h1>
      {props.count !== undefined && <span className="page-bar__count">{props.count}</span>}
      {props.tabs}
      <div className="ms-auto flex items-center gap-2">{props.children}</div>
    </header>
  );
}
