import { Reference } from '../../contract/report.ts';
import core1OnTensorflow from './core-1.reference.tensorflow.json' with { type: 'json' };
import core1OnWasm from './core-1.reference.wasm.json' with { type: 'json' };
import core2OnTensorflow from './core-2.reference.tensorflow.json' with { type: 'json' };
import smoke1OnTensorflow from './smoke-1.reference.tensorflow.json' with { type: 'json' };
import smoke1OnTorch from './smoke-1.reference.torch.json' with { type: 'json' };
import smoke1OnWasm from './smoke-1.reference.wasm.json' with { type: 'json' };
import smoke2OnTensorflow from './smoke-2.reference.tensorflow.json' with { type: 'json' };
import smoke2OnTorch from './smoke-2.reference.torch.json' with { type: 'json' };
import smoke2OnWasm from './smoke-2.reference.wasm.json' with { type: 'json' };
import tuning2OnTensorflow from './tuning-2.reference.tensorflow.json' with { type: 'json' };

/**
 * The undefended numbers of every published suite on each usual engine, and on PyTorch where they were measured; made
 * by `antidote suite calibrate` and frozen with the suite.
 */
export const references: readonly Reference[] = [
  smoke1OnTensorflow,
  smoke1OnWasm,
  core1OnTensorflow,
  core1OnWasm,
  smoke2OnTensorflow,
  smoke1OnTorch,
  smoke2OnTorch,
  smoke2OnWasm,
  core2OnTensorflow,
  tuning2OnTensorflow,
].map((json) => Reference.parse(json));
