import type { Layer } from '../../../lib/contract/defense.ts';

/** Numbers in what has that shape. */
export const sizeOf = (shape: readonly number[]) => shape.reduce((product, size) => product * size, 1);

/** An image's measures; its numbers lie row by row, in a row pixel by pixel, in a pixel channel by channel. */
export type Image = { readonly height: number; readonly width: number; readonly channels: number };

/** Throws RangeError for rows that are no images. */
export function imageOf(shape: readonly number[]): Image {
  const [height, width, channels] = shape;
  if (!height || !width || !channels || shape.length !== 3)
    throw new RangeError(`rows of shape [${shape}], where an image [height, width, channels] is wanted`);
  return { height, width, channels };
}

/** The shape of one row after that layer. */
export function shapeAfter(layer: Layer, shape: readonly number[]): readonly number[] {
  if (layer.kind === 'dense') return [layer.units];
  if (layer.kind === 'add') return shape;
  const { height, width, channels } = imageOf(shape);
  switch (layer.kind) {
    case 'conv':
    case 'conv-norm':
      return [height, width, layer.units];
    case 'maxpool':
      return [Math.floor(height / 2), Math.floor(width / 2), channels];
    case 'globalpool':
      return [channels];
  }
}
