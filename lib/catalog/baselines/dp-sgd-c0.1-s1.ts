import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgdC01S1 = dpSgdOnFashionMnist({ clippingNorm: 0.1, noiseMultiplier: 1 });
