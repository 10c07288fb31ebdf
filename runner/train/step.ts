import type { Gradient, GradientStep } from '../../lib/contract/defense.ts';
import type { Rng } from '../random/rng.ts';
import { requireFinite } from './finite.ts';
import { dots, norms, weightedSum } from './ghost.ts';
import { FlatGradient } from './gradient.ts';
import { medianOf } from './median.ts';
import type { Network } from './network.ts';
import { disposePass, type Pass } from './pass.ts';

/**
 * What one step of training lends to whoever shapes its gradient. Its methods work until the step is over; gradients
 * outlive it.
 */
export class Step implements GradientStep {
  #pass: Pass | null;
  readonly #network: Network;
  readonly #noise: Rng;
  readonly index: number;
  readonly size: number;
  readonly expectedSize: number;
  readonly labels: Int32Array;

  constructor(network: Network, pass: Pass, noise: Rng, place: { index: number; expectedSize: number }) {
    this.#pass = pass;
    this.#network = network;
    this.#noise = noise;
    this.index = place.index;
    this.expectedSize = place.expectedSize;
    this.labels = pass.batch.labels.slice();
    this.size = this.labels.length;
  }

  norms(): Float32Array {
    return norms(this.#open());
  }

  dots(direction: Gradient): Float32Array {
    return dots(this.#open(), FlatGradient.wholeOf(direction, 'dots'));
  }

  sum(weights: Float32Array): FlatGradient {
    return weightedSum(this.#network, this.#open(), weights);
  }

  median(gradients: readonly Gradient[]): FlatGradient {
    this.#open();
    return medianOf(gradients, this.#network.size);
  }

  noise(std: number): FlatGradient {
    requireFinite(std, 'noise: std');
    if (std < 0) throw new RangeError(`noise: std=${std}, want at least 0`);
    return std === 0
      ? FlatGradient.zero
      : new FlatGradient([{ values: this.#noise.gaussians(this.#network.size, std), factor: 1 }]);
  }

  close(): void {
    if (this.#pass) disposePass(this.#pass);
    this.#pass = null;
  }

  #open(): Pass {
    if (!this.#pass) throw new RangeError(`step ${this.index} is over`);
    return this.#pass;
  }
}
