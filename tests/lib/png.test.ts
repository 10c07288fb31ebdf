import fc from 'fast-check';
import { PNG } from 'pngjs';
import { describe, expect, it } from 'vitest';
import { png } from '../../lib/png.ts';

describe('a PNG', () => {
  it.each([1, 3] as const)('has every pixel as it was, with %i channels', (channels) => {
    const image = fc
      .tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }))
      .chain(([height, width]) =>
        fc.tuple(
          fc.constant(height),
          fc.constant(width),
          fc.uint8Array({ minLength: height * width * channels, maxLength: height * width * channels }),
        ),
      );
    fc.assert(
      fc.property(image, ([height, width, pixels]) => {
        const read = PNG.sync.read(png(pixels, [height, width, channels]));
        expect([read.width, read.height]).toEqual([width, height]);
        for (let at = 0; at < height * width; at++)
          for (let color = 0; color < 3; color++)
            expect(read.data[4 * at + color]).toBe(pixels[channels * at + (channels === 3 ? color : 0)]);
      }),
    );
  });

  it('is refused for pixels that are not of the shape, and for other channels', () => {
    expect(() => png(new Uint8Array(5), [2, 2, 1])).toThrow(RangeError);
    expect(() => png(new Uint8Array(8), [2, 2, 2])).toThrow(RangeError);
  });
});
