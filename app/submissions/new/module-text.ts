/** A chosen file's text, byte for byte; null where it is not in UTF-8, which `File.text()` would not tell. */
export async function moduleText(file: File): Promise<string | null> {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}

export const notUtf8 = 'The file is not in UTF-8; save it in that encoding.';
