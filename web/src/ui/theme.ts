export type Theme = 'system' | 'light' | 'dark';

const key = 'tessera-theme';
const dark = () => window.matchMedia('(prefers-color-scheme: dark)');

/** The person's choice in this browser. */
export function chosenTheme(): Theme {
  const stored = localStorage.getItem(key);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

export function chooseTheme(theme: Theme) {
  if (theme === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  apply();
}

/** Follows the system while nothing else is chosen, also when another tab changes the choice. */
export function followTheme() {
  dark().addEventListener('change', apply);
  window.addEventListener('storage', event => event.key === key && apply());
}

function apply() {
  const theme = chosenTheme();
  document.documentElement.dataset.theme = theme === 'system' ? (dark().matches ? 'dark' : 'light') : theme;
}
