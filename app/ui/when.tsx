/** A moment, in UTC, the same for everybody. */
export function When({ at }: { at: string }) {
  const text = new Date(at).toISOString();
  return (
    <time dateTime={text} title={text} className="whitespace-nowrap">
      {text.slice(0, 10)} {text.slice(11, 16)} UTC
    </time>
  );
}
