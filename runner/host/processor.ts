import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/**
 * The processor's name and its widest vector instructions, of which makers tell less than the last bits of a sum do:
 * 'AMD EPYC' names some with AVX-512 and some without.
 */
export function cpuModel(): string {
  const flags = existsSync('/proc/cpuinfo')
    ? (/^flags\s*:(.*)$/m.exec(readFileSync('/proc/cpuinfo', 'utf8'))?.[1]?.split(' ') ?? [])
    : [];
  const vectors = flags.includes('avx512f') ? ', AVX-512' : flags.includes('avx2') ? ', AVX2' : '';
  return (cpus()[0]?.model.trim() || 'unknown') + vectors;
}

export function gpuModel(): string {
  const models = existsSync('/proc/driver/nvidia/version')
    ? readFileSync('/proc/driver/nvidia/version', 'utf8').split('\n')[0]
    : undefined;
  return models?.trim() || 'GPU';
}

/** Whether it has the vector instructions AVX2 and FMA. */
export const hasAvx2 = (): boolean =>
  existsSync('/proc/cpuinfo') && /^flags\s*:(?=.*\bavx2\b)(?=.*\bfma\b)/m.test(readFileSync('/proc/cpuinfo', 'latin1'));
