import { beforeAll, describe, expect, test } from 'vitest';
import type { DefenseKind } from '../../../lib/contract/ids.ts';
import { hexSha256 } from '../../../runner/host/sha256.ts';
import { pythonGuest } from '../../../runner/jail/guests/python.ts';
import { jailOf } from '../../../runner/jail/index.ts';
import { defaultLimits } from '../../../runner/jail/jail.ts';
import { trainInJail } from '../../../runner/trial/train-in-jail.ts';
import { built } from '../../support/built.ts';
import { requires } from '../../support/requires.ts';
import { tinyModel, tinySet, tinyStreams } from '../jail/tiny-job.ts';

/**
 * Looks for the streams in every object that the interpreter keeps, and in the texts and bytes that these hold. It
 * knows their sums only: else it would find itself.
 */
const searching = `
import gc, re, sys
from hashlib import sha256
SUMS = ${JSON.stringify(Object.values(tinyStreams).map((hex) => hexSha256(Buffer.from(hex, 'hex'))))}

def held(value):
    if isinstance(value, (bytes, bytearray)) and len(value) == 32:
        yield bytes(value)
    if isinstance(value, str) and len(value) <= 4096:
        yield from map(bytes.fromhex, re.findall("[0-9a-f]{64}", value))

def search():
    frame, seen = sys._getframe(), []
    while frame is not None:
        seen.extend(frame.f_locals.values())
        frame = frame.f_back
    for one in [*seen, *gc.get_objects()]:
        for value in [one, *gc.get_referents(one)]:
            if any(sha256(stream).hexdigest() in SUMS for stream in held(value)):
                return True
    return False
`;

const found = async (kind: DefenseKind, returned: string) => {
  const code = `${searching}\ndef ${kind}(first, host):\n    print("found" if search() else "nothing")\n    return ${returned}\n`;
  const openJail = () =>
    jailOf('bubblewrap', pythonGuest('numpy')).open({ backend: 'wasm', limits: { ...defaultLimits } });
  const given = { streams: tinyStreams, model: tinyModel, train: tinySet(0), kind, epochs: false };
  const run = await trainInJail(
    { openJail },
    { ...given, runtime: 'python:numpy', defense: { code, language: 'python' } },
    60,
  );
  return run.log.trim();
};

describe.runIf(requires('bubblewrap', 'python-numpy'))(
  'the streams of a training, from inside a jail of Python',
  () => {
    beforeAll(built);

    test('those that a filter’s rows are trained with are not in its memory', async () => {
      expect(await found('filter', '[1] * first.n')).toBe('nothing');
    });

    test('those of its own training are in the memory of one that trains, and the search finds them there', async () => {
      expect(await found('train', 'None')).toBe('found');
    });
  },
);
