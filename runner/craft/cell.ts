import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Poison } from '../../lib/contract/attack.ts';
import { sha256 } from '../../lib/contract/canonical.ts';
import { readSafetensors, type TensorData, writeSafetensors } from '../../lib/contract/formats/safetensors.ts';
import type { Suite, Trial } from '../../lib/contract/suite.ts';
import { rowSize } from '../datasets/rows.ts';
import { HarnessFault } from '../errors.ts';
import type { Given } from './base.ts';
import { exchangeFor } from './drawn-rows.ts';
import { readManifest } from './manifest.ts';

/** Where the poison of a trial lies in the suite's folder. */
export const cellPath = ({ scenario, budget, seed }: Trial) => `${scenario}/${budget}/seed-${seed}/poison.safetensors`;

/**
 * Poison as a file. What becomes of the training set: `index`, `labels`, `is_poison`, and `rows` (none where the pixels
 * stay, or are stamped). What is measured: `attacked`, `wanted` (none where any wrong label serves), and `trigger` and
 * `opacity` (none without a trigger). Empty tensors have length 0 in their first dimension. `overlay` and
 * `overlay_opacity` are there only where rows are stamped, `others` where the attack names classes that must hold. By
 * the second hygiene `leave` and `enter` say which rows of the base give their places to which of the reserve; a reader
 * needs them that does not draw for itself.
 */
export function encodeCell(poison: Poison, { train: { n, shape }, drawn }: Pick<Given, 'train' | 'drawn'>): Uint8Array {
  const { index, labels, rows, overlay, aim } = poison;
  const isPoison = new Uint8Array(n);
  for (const row of index) isPoison[row] = 1;
  const { attacked, wanted, trigger } = aim;
  const exchange = drawn && exchangeFor(drawn.rows, poison);
  const list = (name: string, data: TensorData) => ({ name, shape: [data.length], data });
  const images = (name: string, data: Uint8Array | null, count: number) => ({
    name,
    shape: [data ? count : 0, ...shape],
    data: data ?? new Uint8Array(),
  });
  const byClass = (name: string, data: Uint8Array) => images(name, data, data.length / rowSize({ shape }));
  return writeSafetensors([
    list('index', index),
    list('labels', labels),
    images('rows', rows, index.length),
    list('is_poison', isPoison),
    list('attacked', attacked),
    list('wanted', wanted ?? new Int32Array()),
    images('trigger', trigger?.pixels ?? null, 1),
    images('opacity', trigger?.opacity ?? null, 1),
    ...(overlay ? [byClass('overlay', overlay.pixels), byClass('overlay_opacity', overlay.opacity)] : []),
    ...(drawn && aim.others ? [list('others', aim.others)] : []),
    ...(exchange ? [list('leave', exchange.leave), list('enter', exchange.enter)] : []),
  ]);
}

export function decodeCell(file: Uint8Array): Poison {
  const tensors = new Map(readSafetensors(file).map((tensor) => [tensor.name, tensor]));
  const of = <Data extends TensorData>(name: string, type: new () => Data): Data => {
    const data = tensors.get(name)?.data;
    if (!(data instanceof type)) throw new RangeError(`decodeCell: ${name} is missing or of another type`);
    return data;
  };
  const some = <Data extends TensorData>(data: Data) => (data.length > 0 ? data : null);
  const pixels = some(of('trigger', Uint8Array));
  return {
    index: of('index', Int32Array),
    labels: of('labels', Int32Array),
    rows: some(of('rows', Uint8Array)),
    ...(tensors.has('overlay') && {
      overlay: { pixels: of('overlay', Uint8Array), opacity: of('overlay_opacity', Uint8Array) },
    }),
    aim: {
      attacked: of('attacked', Int32Array),
      wanted: some(of('wanted', Int32Array)),
      trigger: pixels && { pixels, opacity: of('opacity', Uint8Array) },
      ...(tensors.has('others') && { others: of('others', Int32Array) }),
    },
  };
}

/**
 * The poison of a trial from the built suite. Throws HarnessFault unless the file is the one that the suite's digest
 * stands for.
 */
export async function readCell(suite: Suite, trial: Trial, suites: string): Promise<Poison> {
  const folder = join(suites, suite.id);
  const path = cellPath(trial);
  const fault = (what: string) =>
    new HarnessFault(`Suite ${suite.id}: ${what}. Run 'npx antidote suite build ${suite.id} --out ${folder}'.`);
  const { digest, manifest } = await readManifest(folder).catch(() =>
    Promise.reject(fault(`it is not built in ${folder}`)),
  );
  if (digest !== suite.digest) throw fault(`${folder} holds another version (${digest}, want ${suite.digest})`);
  const entry = manifest.files.find((file) => file.path === path);
  const file = await readFile(join(folder, path)).catch(() => null);
  if (!entry || !file) throw fault(`${path} is missing`);
  if ((await sha256(file)) !== entry.sha256) throw fault(`${path} differs from its manifest`);
  return decodeCell(file);
}
