/* Browsers that keep little, or let little through: each to be run in a page before anything else. */

export const blockStorage = () => {
  Object.defineProperty(window, "localStorage", {
    get() {
      throw new DOMException("Denied", "SecurityError");
    },
  });
};
export const fillStorage = () => {
  const { setItem } = Storage.prototype;
  Storage.prototype.setItem = function (key: string, text: string) {
    // As a full one: what is there stays, and small things may fit.
    if (text.length > 40) throw new DOMException("Full", "QuotaExceededError");
    setItem.call(this, key, text);
  };
};
export const blockDatabases = () => Object.defineProperty(window, "indexedDB", { value: undefined });

/** As behind a proxy that lets no WebSocket through: each is refused. */
export const blockWebSockets = () => {
  const { WebSocket } = window;
  window.WebSocket = class extends WebSocket {
    constructor(url: string | URL, protocols?: string | string[]) {
      super(`${url}`.replace("/socket.io/", "/nowhere/"), protocols);
    }
  };
};
