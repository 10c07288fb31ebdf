import { environmentInWords } from '../../lib/contract/environment-in-words.ts';
import { childEnvironment, env } from './env.ts';

/**
 * Throws RangeError, in words for people, where a variable is wrong. Asked first: what is started then finds them
 * right.
 */
export function requireVariables(): void {
  try {
    env();
  } catch (error) {
    environmentInWords(childEnvironment({}, { secrets: true }));
    throw error;
  }
}
