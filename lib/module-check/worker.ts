import { parentPort } from 'node:worker_threads';
import { checkModule } from '../contract/check.ts';
import type { ToCheck } from './pool.ts';

/** The program of a thread that checks one text after the other. Its first word says that it is ready. */
const port = parentPort!;
port.on('message', ({ code, language }: ToCheck) => port.postMessage(checkModule(code, language)));
port.postMessage('ready');
