/** In Next this module refuses to be bundled for a browser; under test there is no bundle to refuse. */
export {};
