import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgdC1S1 = dpSgdOnFashionMnist({ clippingNorm: 1, noiseMultiplier: 1 });
