'use server';

import { cookies } from 'next/headers';

/** Kept for a year in a cookie, so that the first paint already has it; `system` forgets the choice. */
export async function chooseTheme(form: FormData): Promise<void> {
  const jar = await cookies();
  const theme = form.get('theme');
  if (theme === 'light' || theme === 'dark')
    jar.set('theme', theme, { path: '/', maxAge: 31_536_000, sameSite: 'lax', httpOnly: true });
  else jar.delete('theme');
}
