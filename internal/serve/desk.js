// The desk of a preview. Fetches its content with the secret of its link, and again whenever a file
// has changed. The server makes and escapes the HTML.

const told = /^#k=([\w-]+)/u.exec(location.hash)?.[1];
const main = /** @type {HTMLElement} */ (document.getElementById('desk'));
const policy = /** @type {any} */ (window).trustedTypes?.createPolicy('portalgen', {
  createHTML: (/** @type {string} */ html) => html,
});

/**
 * The secret. It is kept for this tab and removed from the address, so that nobody reads it on the
 * screen.
 */
function secretOf() {
  try {
    if (told) sessionStorage.setItem('portalgen-desk', told);
    return told ?? sessionStorage.getItem('portalgen-desk') ?? '';
  } catch {
    return told ?? '';
  }
}

const secret = secretOf();
if (told) history.replaceState(null, '', location.pathname);

/**
 * Another form of the secret. It shows the server that this page may receive events: see live.js.
 */
async function pass() {
  const bytes = new TextEncoder().encode(`portalgen preview events\n${secret}`);
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return [...hash].map((b) => b.toString(16).padStart(2, '0')).join('');
}

/** @param {string} id */
const control = (id) => /** @type {HTMLInputElement | HTMLSelectElement | null} */ (document.getElementById(id));

/** Shows the clients that match the search, and their number. */
function find() {
  const name = (control('find')?.value ?? '').trim().toLocaleLowerCase();
  const person = control('person')?.value ?? '';
  const hit = (/** @type {HTMLElement} */ e) =>
    (e.dataset.name ?? '').toLocaleLowerCase().includes(name) &&
    (!person || e.dataset.people === undefined || e.dataset.people.split('\n').includes(person));
  let shown = 0;
  for (const group of /** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll('[data-group]'))) {
    const rows = /** @type {HTMLElement[]} */ ([...group.querySelectorAll('[data-name]')]);
    for (const row of rows) row.hidden = !hit(row);
    const here = rows.filter((row) => !row.hidden).length;
    group.hidden = here === 0;
    const count = group.querySelector('[data-count]');
    if (count) count.textContent = String(here);
    shown += here;
  }
  for (const row of /** @type {NodeListOf<HTMLElement>} */ (main.querySelectorAll('details[data-name]'))) row.hidden = !hit(row);
  const found = document.getElementById('found');
  const says = shown === 1 ? '1 client' : `${shown} clients`;
  if (found && found.textContent !== says) found.textContent = says;
}

/**
 * Puts the desk into the page. What was open stays open, and the search stays the same.
 * @param {string} html
 */
function show(html) {
  const before = {
    open: new Set([...main.querySelectorAll('details[open]')].map((d) => /** @type {HTMLElement} */ (d).dataset.key)),
    find: control('find')?.value ?? '',
    person: control('person')?.value ?? '',
    focus: /** @type {HTMLElement | null} */ (document.activeElement),
    scroll: scrollY,
  };
  const key = before.focus?.dataset.key ?? before.focus?.closest('details')?.dataset.key;
  const id = before.focus?.id;
  main.innerHTML = policy ? policy.createHTML(html) : html;
  for (const d of main.querySelectorAll('details')) d.open = before.open.has(d.dataset.key);
  for (const [name, value] of [['find', before.find], ['person', before.person]]) {
    const field = control(name);
    if (field) field.value = value;
  }
  find();
  const focus = /** @type {HTMLElement | undefined} */ ([...main.querySelectorAll('[data-key]')].find((e) => /** @type {HTMLElement} */ (e).dataset.key === key));
  if (id && id !== 'desk') document.getElementById(id)?.focus({ preventScroll: true });
  else if (key && focus) (focus.querySelector('summary') ?? focus).focus({ preventScroll: true });
  scrollTo(0, before.scroll);
}

/** @param {string} text */
function say(text) {
  const note = document.getElementById('desk-note');
  if (note) note.textContent = text;
}

let version = '';
let at = 0;

/** Fetches the desk. If the server does not answer, the page stays as it is. */
async function load() {
  let answer;
  try {
    answer = await fetch('/_portalgen/desk', { headers: { 'Portalgen-Desk': secret }, cache: 'no-store' });
  } catch {
    say('The preview does not answer: it may have ended.');
    return;
  }
  if (answer.ok) {
    show(await answer.text());
    say('');
    at = Date.now();
  } else if (answer.status === 403) {
    events?.close();
    main.replaceChildren();
    say('This link is of an earlier preview. Open the first link that portalgen serve prints now.');
  } else {
    say('The desk cannot be made: the terminal says why. It is tried again at the next change.');
  }
}

/** @type {EventSource | null} */
let events = null;

/**
 * Listens while the page is visible. Also fetches an old desk again, since what is late changes
 * with the hour.
 */
function connect() {
  if (document.hidden) {
    events?.close();
    events = null;
    return;
  }
  if (events) return;
  events = new EventSource(`/_portalgen/events?path=${encodeURIComponent(location.pathname)}&pass=${mine}`);
  events.addEventListener('message', (event) => {
    const now = JSON.parse(event.data).version;
    if (now !== version || Date.now() - at > old) load();
    version = now;
  });
}

const old = 10 * 60 * 1000;

const mine = secret ? await pass() : '';
if (secret) {
  say('Reading the clients …');
  main.addEventListener('input', find);
  document.addEventListener('visibilitychange', connect);
  addEventListener('pagehide', () => {
    events?.close();
    events = null;
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) connect();
  });
  setInterval(() => {
    if (!document.hidden) load();
  }, old);
  connect();
}

export {}; // a module
