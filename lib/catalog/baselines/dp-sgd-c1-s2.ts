import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgdC1S2 = dpSgdOnFashionMnist({ clippingNorm: 1, noiseMultiplier: 2 });
