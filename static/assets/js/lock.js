// Lock, in this tab and in all others: work that began before a Lock opens nothing after it.

/** How many times Lock was pressed, here or in another tab. */
let generation = 0;
const tabs = channel();

/** Connects the tabs; null in a browser without this feature, where Lock affects only one tab. */
function channel() {
  try {
    return new BroadcastChannel('portalgen');
  } catch {
    return null;
  }
}

/** @returns {() => boolean} whether Lock has not been pressed since this call */
export function untilLock() {
  const mine = generation;
  return () => mine === generation;
}

/** Ends running work, as soon as it checks untilLock. */
export function endAll() {
  generation++;
}

/** Tells the other tabs that Lock was pressed just now. */
export function tellTabs() {
  tabs?.postMessage(Date.now());
}

/** @param {(at: number) => void} act is called with the time of a Lock in another tab */
export function whenAnotherLocks(act) {
  tabs?.addEventListener('message', (event) => act(event.data));
}
