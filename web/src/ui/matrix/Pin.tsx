/** A drawing pin: set for the person although the role says the same. */
export function Pin() {
  return (
    <svg viewBox="0 0 16 16" className="size-3" fill="currentColor" aria-hidden="true">
      <path d="M5.5 1.5h5a.75.75 0 0 1 .4 1.38l-.65.42.5 4.05 1.9 1.6a.9.9 0 0 1-.58 1.6H8.7v3.2L8 15.2l-.7-1.45v-3.2H3.93a.9.9 0 0 1-.58-1.6l1.9-1.6.5-4.05-.65-.42a.75.75 0 0 1 .4-1.38Z" />
    </svg>
  );
}
