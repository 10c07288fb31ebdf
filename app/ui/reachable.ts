/** For what scrolls by itself: whoever has no mouse must be able to get there to scroll it (WCAG 2.1.1). */
export const reachable = { tabIndex: 0 } as const;
