const pythonLine =
  /^[ \t]*(?:import [\w.]+(?: as \w+)?(?:, *[\w.]+(?: as \w+)?)*|from [\w.]+ import [\w*(].*|(?:async )?def \w+\(.*|class \w+(?:\(.*\))?:|if __name__ ?==.*|print ["'\w].*)[ \t]*(?:#.*)?;?\r?$/m;

const javascriptLine =
  /^[ \t]*(?:export (?:default|const|async|function)\b.*|(?:const|let|var) [\w{[].*|(?:async )?function\b.*\{.*|import .* from ['"].*)$/m;

const firstLine = (pattern: RegExp, code: string) => pattern.exec(code)?.[0].trim().slice(0, 60);

/** The first line that only Python has, of a text that is no JavaScript. What it says in comments does not count. */
export function lineOfPython(code: string): string | undefined {
  const source = code.replace(/`[^`]*`/g, ' ');
  const end = source.lastIndexOf('*/') + 2; // behind it nothing closes, and each opening would be looked for to the end
  return firstLine(pythonLine, source.slice(0, end).replace(/\/\*.*?\*\//gs, ' ') + source.slice(end));
}

/** The first line that only JavaScript has, of a text that is no Python. What it says in texts does not count. */
export const lineOfJavaScript = (code: string): string | undefined =>
  firstLine(javascriptLine, code.replace(/(['"])\1\1.*?\1{3}/gs, ' '));
