// The storage of a tab, and the note that Lock was pressed, which is written at once.

/** Whether this page is of a preview: only a preview gives pages a version. */
export const isPreview = () => document.body.dataset.version !== undefined;

/** The tab's storage; null if site data is blocked, since access to it then throws. */
export function tabStorage() {
  try {
    return sessionStorage;
  } catch {
    return null;
  }
}

/**
 * The note that Lock was pressed. It stays until the store is empty. It is in localStorage, which
 * answers at once: a page may be closed before a slow store has opened, and what is left there
 * must open nothing.
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
      // Site data is blocked, so there is no store.
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

/** Forgets the storage of this tab. Other tabs are not reachable from here. */
export function forgetTab() {
  const storage = tabStorage();
  for (const name of Object.keys(storage ?? {})) {
    if (name.startsWith('portalgen:')) storage?.removeItem(name);
  }
}
