/**
 * Bytes that are not what their format wants. The message says which rule they break, in one clause without the file's
 * name.
 */
export class FormatError extends Error {
  override name = 'FormatError';
}
