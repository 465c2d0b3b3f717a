// For previews alone: loads the page again when its portal was built anew, and lays
// problems over it. Everything that comes from a file is set as text.

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
  overlay.append(element('p', 'portalgen-note', 'The page below is the last one that was good.'));
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

const events = new EventSource(`/_portalgen/events?path=${encodeURIComponent(location.pathname)}`);
events.addEventListener('message', (event) => {
  /** @type {{ version: string, problems: Problem[] }} */
  const state = JSON.parse(event.data);
  if (state.version !== version) {
    events.close();
    location.reload();
    return;
  }
  show(state.problems);
});
addEventListener('pagehide', () => events.close());
addEventListener('pageshow', (event) => {
  if (event.persisted) location.reload();
});
