/**
 * Put in place of the global `process` in everything that the guest bundles, so that the global one can be taken from
 * the module.
 */
export { default as process } from 'node:process';
