// The page for addresses that there are not. Some mail programs write %23 for the #
// of a link, which makes its secret a part of the path: this puts it back.

export {};

const [, path, secret] = /^(.*\/)%23k(?:=|%3D)([\w-]{43})/iu.exec(location.pathname) ?? [];
if (path && secret) location.replace(`${location.origin}${path}#k=${secret}`);
