// The strings of forms by language. A build replaces this file.
/** @type {Record<string, Record<string, string>>} */
export const words = {};
