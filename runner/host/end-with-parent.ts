import { isMainThread, Worker } from 'node:worker_threads';

/**
 * Loaded into a child process with `node --import`: the child ends when its parent does, even by SIGKILL, which leaves
 * a parent no time to say so. Looks twice a second. One that computes at a stretch does not look: a thread of its own
 * ends it two seconds later.
 */
const startedBy = process.ppid;
const ender = `
  const { workerData } = require('node:worker_threads');
  setInterval(() => {
    if (process.ppid !== workerData) setTimeout(() => process.kill(process.pid, 'SIGKILL'), 2000);
  }, 500);
`;
if (isMainThread) {
  setInterval(() => {
    if (process.ppid !== startedBy) process.exit(1);
  }, 500).unref();
  new Worker(ender, { eval: true, execArgv: [], workerData: startedBy, stdout: true, stderr: true }).unref();
}
