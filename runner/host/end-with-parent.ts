/**
 * Loaded into a child process with `node --import`: the child ends when its parent does, even by SIGKILL, which leaves
 * a parent no time to say so. Looks twice a second.
 */
const startedBy = process.ppid;
setInterval(() => {
  if (process.ppid !== startedBy) process.exit(1);
}, 500).unref();

export {};
