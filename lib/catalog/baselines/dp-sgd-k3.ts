import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgdK3 = dpSgdOnFashionMnist({ clippingNorm: 1, noiseMultiplier: 0.5 }, 3);
