import { expect, it } from 'vitest';
import { textIn } from '../../lib/form-text.ts';

it('reads a field, and nothing where it is missing or a file came in its place', () => {
  const form = new FormData();
  form.set('name', 'Ada');
  form.set('file', new File(['Ada'], 'name.txt'));
  expect([textIn(form, 'name'), textIn(form, 'file'), textIn(form, 'nothing')]).toEqual(['Ada', '', '']);
});
