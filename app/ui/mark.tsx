/** The project's sign: a value between its two brackets, no defense and perfect knowledge. */
export function Mark() {
  return (
    <svg
      width="22"
      height="22"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      aria-hidden="true"
    >
      <path d="M6 4H2.5v16H6M18 4h3.5v16H18" />
      <path d="M6 12h12" strokeWidth="1.5" />
      <circle cx="14" cy="12" r="3.25" fill="var(--accent)" stroke="none" />
    </svg>
  );
}
