/** For what cannot be undone: a box to tick first, the form's field `sure`, and what went wrong. */
export function Sure({ problem }: { problem: string | null }) {
  return (
    <>
      <label className="flex items-center gap-2">
        <input type="checkbox" name="sure" className="size-4 accent-accent" />I am sure
      </label>
      {problem && (
        <p role="alert" className="text-alarm">
          {problem}
        </p>
      )}
    </>
  );
}
