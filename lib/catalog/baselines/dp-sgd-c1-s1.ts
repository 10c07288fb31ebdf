import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgdC1S1 = dpSgdOnFashionMnist({ clippingNorm: 1, noiseMultiplier: 1, rdp: 1.04, prv: 0.63 });
