import { baselines } from '../defenses/index.ts';
import { callChore } from '../remote/local-site.ts';

/** Chores of a site on this machine: they reach it over loopback with the secret in ANTIDOTE_DATA. */
export async function signInLink(): Promise<number> {
  const { link } = await callChore('sign-in-link', {});
  process.stdout.write(`${link}\n`);
  return 0;
}

export async function runnerCode(options: { class: 'official' | 'community'; labels: string }): Promise<number> {
  const { code } = await callChore('runner-code', { class: options.class, labels: options.labels.split(',').map((label) => label.trim()) });
  process.stdout.write(`${code}\n`);
  return 0;
}

export async function seed(): Promise<number> {
  await callChore('seed', { baselines });
  process.stderr.write(`${baselines.length} reference defenses are on the board\n`);
  return 0;
}
