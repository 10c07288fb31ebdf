import type { runnerLabels } from '@/lib/contract/protocol.ts';

/** What a runner may offer, in words. */
export const labelNames = {
  'engine:wasm': 'wasm engine',
  'engine:tensorflow': 'TensorFlow engine',
  'python:numpy': 'Python with NumPy and scikit-learn',
  'python:jax': 'Python with JAX',
  'python:torch': 'Python with PyTorch',
  jail: 'jail for other people’s code',
} satisfies Record<(typeof runnerLabels)[number], string>;

export const nameOfLabel = (label: string): string => (labelNames as Record<string, string>)[label] ?? label;
