import { chooseTheme } from '../theme.ts';

const themes = { light: 'Light', dark: 'Dark', system: 'As the system' } as const;

/** Works without JavaScript: three buttons of one form. */
export function ThemeChoice({ chosen }: { chosen: keyof typeof themes }) {
  return (
    <form action={chooseTheme} className="self-start">
      <fieldset className="flex flex-wrap items-center gap-x-1">
        <legend className="sr-only">Theme</legend>
        {Object.entries(themes).map(([theme, name]) => (
          <button
            key={theme}
            type="submit"
            name="theme"
            value={theme}
            aria-pressed={theme === chosen}
            className="min-h-8 px-2 text-soft underline-offset-4 hover:text-ink aria-pressed:text-ink aria-pressed:underline"
          >
            {name}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
