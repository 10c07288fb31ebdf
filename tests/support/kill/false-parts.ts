/** Stand in the place of what a runner that trains nothing must not ask of the machine. */
export const offeredLabels = async () => ['engine:tensorflow', 'engine:wasm', 'jail'];
export const jailProblem = async () => null;
export const prepareSuite = async () => {};
