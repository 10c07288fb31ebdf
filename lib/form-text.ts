/** What was typed into a field of a form: nothing where it is missing, or where a file came in its place. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value : '';
}
