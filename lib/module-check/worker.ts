import { parentPort } from 'node:worker_threads';
import { checkModule } from '../contract/check.ts';

/** The program of a thread that checks one text after the other. Its first word says that it is ready. */
const port = parentPort!;
port.on('message', (code: string) => port.postMessage(checkModule(code)));
port.postMessage('ready');
