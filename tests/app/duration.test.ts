import { expect, it } from 'vitest';
import { duration } from '../../app/ui/numbers.ts';

it.each([
  [1, '1 minute'],
  [119, '119 minutes'],
  [150, '3 hours'],
  [4000, '3 days'],
])('%d minutes are %s', (minutes, text) => expect(duration(minutes)).toBe(text));
