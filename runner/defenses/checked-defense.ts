import type { ControlId } from '../../lib/catalog/baselines/index.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import type { Check, CheckCode } from '../../lib/contract/check.ts';
import type { DefenseKind, FailureReason } from '../../lib/contract/ids.ts';
import type { Failure, ModuleRef } from '../../lib/contract/result.ts';
import { languageOf, type Runtime } from '../../lib/contract/runtime.ts';
import { checkText } from '../../lib/module-check/check-text.ts';
import { hasWeights } from './controls.ts';

/** A defense to run. Its text was checked where it came in, and is not checked again. */
export type CheckedDefense = {
  readonly module: ModuleRef;
  /** What it runs in. */
  readonly runtime: Runtime;
  /** How it is trained. A control trains as a filter. */
  readonly kind: DefenseKind;
  /** The module's text. Of a control the words `control:<id>`. */
  readonly code: string;
  /** Null for a module. */
  readonly control: ControlId | null;
  /** Why this text fails every trial without being run, or null. */
  readonly refused: Failure | null;
  readonly embedsData: boolean;
};

const reasons = {
  'too-large': 'too-large',
  syntax: 'not-a-defense',
  imports: 'blocked-import',
  'not-a-defense': 'not-a-defense',
} as const satisfies Record<CheckCode, FailureReason>;

/**
 * `kind` and `runtime`: what whoever sent the text says that it is and runs in. `check`: the verdict on a module's
 * text, where it is known.
 */
export async function checkedDefense(
  kind: ModuleRef['kind'],
  code: string,
  { runtime = 'javascript', check }: { runtime?: Runtime; check?: Check } = {},
): Promise<CheckedDefense> {
  const defense = { module: { sha256: await sha256(code), bytes: Buffer.byteLength(code), kind }, code, runtime };
  if (kind === 'control')
    return { ...defense, kind: 'filter', control: controlOf(code), refused: null, embedsData: false };
  const verdict = check ?? (await checkText(code, languageOf(runtime).id));
  return {
    ...defense,
    kind,
    control: null,
    refused: verdict.ok ? null : { reason: reasons[verdict.code], detail: verdict.message },
    embedsData: verdict.ok && verdict.embedsData,
  };
}

function controlOf(code: string): ControlId {
  const id = code.replace(/^control:/, '');
  if (!hasWeights(id)) throw new RangeError(`checkedDefense: there is no control '${id}'`);
  return id;
}
