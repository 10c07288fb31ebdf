import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgdK8 = dpSgdOnFashionMnist({ clippingNorm: 1, noiseMultiplier: 0.5 }, 8);
