/** In which a handler names the bytes of its answer: Next takes Content-Length off, and `app/server` puts it back. */
export const lengthHeader = 'x-antidote-length';
