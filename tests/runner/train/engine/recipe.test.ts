import { describe, expect, test } from 'vitest';
import { keptMembers, libraries, wheels } from '../../../../runner/train/engine/recipe.ts';

describe('what is kept of the wheel', () => {
  const kept = (name: string) => new RegExp(keptMembers).test(name);

  test('are the two libraries and the C headers', () => {
    for (const library of libraries) expect(kept(`tensorflow/${library}`)).toBe(true);
    expect(kept('tensorflow/include/tensorflow/c/eager/c_api.h')).toBe(true);
    expect(kept('tensorflow/include/xla/tsl/c/tsl_status.h')).toBe(true);
  });

  test('is nothing else, and no path that leaves its folder by its name', () => {
    for (const name of [
      'tensorflow/python/__init__.py',
      'tensorflow/libtensorflow_cc.so.2.evil',
      '../tensorflow/libtensorflow_cc.so.2',
      'other/include/tensorflow/c/x.h',
    ])
      expect(kept(name)).toBe(false);
  });
});

test('every wheel is pinned by a sha256', () => {
  for (const { sha256 } of Object.values(wheels)) expect(sha256).toMatch(/^[0-9a-f]{64}$/);
});
