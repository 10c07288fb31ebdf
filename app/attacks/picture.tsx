import { png } from '@/lib/png.ts';

/**
 * A row of the data, three screen pixels for one of its own. It travels within the page: a request each for a few
 * hundred bytes would cost more.
 */
export function Picture({
  pixels,
  shape,
  alt,
}: {
  pixels: Uint8Array;
  shape: readonly [number, number, number];
  alt: string;
}) {
  const [height, width] = shape;
  const file = png(pixels, shape).toString('base64');
  return (
    // biome-ignore lint/performance/noImgElement: next/image writes an inline style, which the pages' policy forbids
    <img
      src={`data:image/png;base64,${file}`}
      alt={alt}
      width={3 * width}
      height={3 * height}
      className="h-auto max-w-full bg-sheet [image-rendering:pixelated]"
    />
  );
}
