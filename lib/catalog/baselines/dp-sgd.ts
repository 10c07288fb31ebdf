import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgd = dpSgdOnFashionMnist({ clippingNorm: 1, noiseMultiplier: 0.5 });
