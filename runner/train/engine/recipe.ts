/** What the native engine is made of. Raising a number here makes every machine build it anew. */
export const recipe = {
  addon: '@tensorflow/tfjs-node@4.22.0',
  headers: 'node-api-headers@1.5.0',
  library: 'tensorflow-cpu==2.21.0',
  /** 2: one bundled file beside the addon and the libraries, no node_modules. */
  layout: 2,
} as const;

/**
 * The wheel whose libraries are taken, for any Python: by Node's platform and architecture. Its Python ABI does not
 * matter, only its C libraries are used.
 */
export const wheels: Record<string, { python: string; tags: readonly string[]; sha256: string }> = {
  'linux-x64': {
    python: '3.11',
    tags: ['manylinux_2_27_x86_64'],
    sha256: '2b847d217b02ee7731ed91431daf3250daa0196c3c94614d23be27232e6e5b6c',
  },
};

/** The members of the wheel that are kept. */
export const keptMembers =
  '^tensorflow/(libtensorflow_(cc|framework)[.]so[.]2|include/(tensorflow/c/|tensorflow/core/platform/ctstring|tsl/platform/ctstring|xla/tsl/c/).*)$';

export const libraries = ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'] as const;
