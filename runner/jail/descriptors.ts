import { readdirSync, readFileSync } from 'node:fs';

const closeOnExec = 0o2000000; // O_CLOEXEC on x86-64 and aarch64

/**
 * Descriptors above 2 that this process would hand on to a child without meaning to: whoever started it left them open.
 * Node marks its own, and those below about 16, as close-on-exec; the rest must be covered by whoever starts a jail.
 */
export function leakingDescriptors(): number[] {
  return readdirSync('/proc/self/fdinfo')
    .map(Number)
    .filter((descriptor) => descriptor > 2 && leaks(descriptor));
}

function leaks(descriptor: number): boolean {
  try {
    const flags = /^flags:\s+0?(\d+)/m.exec(readFileSync(`/proc/self/fdinfo/${descriptor}`, 'latin1'))?.[1];
    return flags !== undefined && (Number.parseInt(flags, 8) & closeOnExec) === 0;
  } catch {
    return false; // the one that was reading the folder
  }
}
