import type { ReactNode } from 'react';

/** What a step of a wizard ends with: how things stand, and the way on. Toasts keep clear of it. */
export function WizardBar({ children }: { children: ReactNode }) {
  return (
    <footer className="wizard-bar" ref={tellHeight}>
      {children}
    </footer>
  );
}

function tellHeight(bar: HTMLElement) {
  const { style } = document.documentElement;
  const observer = new ResizeObserver(() => style.setProperty('--wizard-bar-height', `${bar.offsetHeight}px`));
  observer.observe(bar);
  return () => {
    observer.disconnect();
    style.removeProperty('--wizard-bar-height');
  };
}
