// The page for addresses that do not exist. Some mail programs write %23 for the # of a link, so
// that the secret becomes part of the path. This script corrects it.

export {};

const [, path, secret] = /^(.*\/)%23k(?:=|%3D)([\w-]{43})/iu.exec(location.pathname) ?? [];
if (path && secret) location.replace(`${location.origin}${path}#k=${secret}`);
