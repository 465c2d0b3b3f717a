// What a tab holds by itself, and the note that Lock was pressed, which needs no waiting.

/** Whether this page is of a preview, which tells its pages their version. */
export const isPreview = () => document.body.dataset.version !== undefined;

/** The tab's storage; null where site data is blocked, since to touch it then throws. */
export function tabStorage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/**
 * Says that Lock was pressed, until the store has been emptied. It is said where nothing has
 * to be waited for: a page may be closed before a slow store has even opened, and what is
 * still in that must open nothing.
 */
export const pending = {
  name: 'portalgen:locked',
  /** @param {boolean} so */
  set(so) {
    if (isPreview()) return;
    try {
      if (so) localStorage.setItem(this.name, '');
      else localStorage.removeItem(this.name);
    } catch {
      // Site data is blocked, so there is no store either.
    }
  },
  get() {
    try {
      return localStorage.getItem(this.name) !== null;
    } catch {
      return false;
    }
  },
};

/** Forgets what this tab alone holds. Another tab's cannot be reached from here. */
export function forgetTab() {
  const storage = tabStorage();
  for (const name of Object.keys(storage ?? {})) {
    if (name.startsWith('portalgen:')) storage?.removeItem(name);
  }
}
