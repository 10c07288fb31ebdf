import { parentPort } from 'node:worker_threads';
import type { LanguageId } from '../contract/runtime.ts';
import { checkText, openInstalled } from './check-text.ts';
import type { Checked, ToCheck } from './pool.ts';
import { isSpent } from './reader.ts';

/**
 * The program of a thread that checks one text after the other. Its first word says that it is ready. Before a text it
 * is told the language, and says when it can read that.
 */
const port = parentPort!;
port.on('message', async (asked: LanguageId | ToCheck) => {
  if (typeof asked === 'string') {
    await openInstalled(asked);
    port.postMessage('ready');
  } else {
    const check = await checkText(asked.code, asked.language);
    port.postMessage({ check, spent: isSpent() } satisfies Checked);
  }
});
port.postMessage('ready');
