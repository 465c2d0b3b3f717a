// The gate's words by language. A build puts the real ones in place of this file.
/** @type {Record<string, Record<string, string>>} */
export const words = {};
