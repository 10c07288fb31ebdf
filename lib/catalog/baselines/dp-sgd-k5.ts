import { dpSgdOnFashionMnist } from './dp-sgd-on-fashion-mnist.ts';

export const dpSgdK5 = dpSgdOnFashionMnist({ clippingNorm: 1, noiseMultiplier: 0.5, rdp: 7.9, prv: 6.47 }, 5);
