// Only for previews: reloads the page when its portal was built again, and shows problems over it.
// All text that comes from a file is set as text.

/** The text after #k= in a link of the preview. The gate is about to remove it. */
const secret = /^#k=([\w-]+)/u.exec(location.hash)?.[1];

/**
 * Proves to the preview that this page was opened by one of its links. The preview shows the
 * content of files only with this proof. It is kept for this tab.
 */
async function pass() {
  try {
    if (secret) {
      const told = new TextEncoder().encode(`portalgen preview events\n${secret.slice(0, 43)}`);
      const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', told));
      sessionStorage.setItem('portalgen-pass', [...hash].map((b) => b.toString(16).padStart(2, '0')).join(''));
    }
    return sessionStorage.getItem('portalgen-pass') ?? '';
  } catch {
    return '';
  }
}

const version = document.body.dataset.version;
const style = document.createElement('link');
style.rel = 'stylesheet';
style.href = '/_portalgen/live.css';
document.head.append(style);

/**
 * @typedef {{ place: string, rule: string, message: string, hint: string, text: string, mark: string, line: number }} Problem
 */

/**
 * @param {string} name
 * @param {string} kind
 * @param {string} text
 */
function element(name, kind, text) {
  const made = document.createElement(name);
  made.className = kind;
  made.textContent = text;
  return made;
}

/** @param {Problem[]} problems */
function show(problems) {
  document.getElementById('portalgen-problems')?.remove();
  if (problems.length === 0) return;
  const overlay = element('section', 'portalgen-problems', '');
  overlay.id = 'portalgen-problems';
  overlay.setAttribute('role', 'alert');
  overlay.append(element('h2', '', problems.length === 1 ? 'One problem' : `${problems.length} problems`));
  if (document.body.dataset.state !== 'unmade') overlay.append(element('p', 'portalgen-note', 'The page below is the last one that was good.'));
  for (const p of problems) {
    const item = document.createElement('article');
    item.append(element('p', 'portalgen-place', p.place), element('p', 'portalgen-message', p.message));
    if (p.text) {
      const gutter = `${p.line} | `;
      item.append(element('pre', '', `${gutter}${p.text}\n${' '.repeat(gutter.length)}${p.mark}`));
    }
    if (p.hint) item.append(element('p', 'portalgen-hint', p.hint));
    overlay.append(item);
  }
  document.body.append(overlay);
}

/** Says what to do on the page that the preview shows at an address without a portal. */
function where() {
  if (document.body.dataset.state !== 'root' || location.pathname.endsWith('/index.html')) return;
  document.querySelector('main')?.before(element('p', 'portalgen-where', 'There is no portal here in this preview: '
    + 'it has another address, is gone, or the preview was started again. Open it by its link in the terminal.'));
}

/** How often to reload for one version that does not arrive. */
const patience = 2;

/**
 * Reports whether to reload the page for a version. If that version does not arrive after some
 * reloads, it stops.
 * @param {string} wanted
 */
function mayReload(wanted) {
  try {
    const [last, count = '0'] = (sessionStorage.getItem('portalgen-live') ?? '').split(' ');
    const before = last === wanted ? Number(count) : 0;
    if (before >= patience) return false;
    sessionStorage.setItem('portalgen-live', `${wanted} ${before + 1}`);
  } catch {
    // Counting is not possible here.
  }
  return true;
}

function forgetReloads() {
  try {
    sessionStorage.removeItem('portalgen-live');
  } catch {
    // Nothing was counted either.
  }
}

/** The path as the server has it, without escapes. */
function path() {
  try {
    return decodeURIComponent(location.pathname);
  } catch {
    return location.pathname;
  }
}

/** @param {{ version: string, problems: Problem[] }} state */
function follow(state) {
  if (state.version === version) {
    forgetReloads();
  } else if (mayReload(state.version)) {
    disconnect();
    location.reload();
    return;
  }
  show(state.problems);
}

/** @type {EventSource | null} */
let events = null;

function disconnect() {
  events?.close();
  events = null;
}

// A browser allows six connections to a host, and each listening page uses one, so a hidden page
// closes its connection. When it listens again, it first receives the current state, so it misses
// nothing.
function connect() {
  if (document.hidden || events) return;
  events = new EventSource(`/_portalgen/events?path=${encodeURIComponent(path())}&pass=${mine}`);
  events.addEventListener('message', (event) => follow(JSON.parse(event.data)));
}

const mine = await pass();
document.addEventListener('visibilitychange', () => (document.hidden ? disconnect() : connect()));
addEventListener('pagehide', disconnect);
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
connect();
where();

export {}; // a module, for the await at its top level
