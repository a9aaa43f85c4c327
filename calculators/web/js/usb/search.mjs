// The search of a copy opened from a folder: the theme's own, whose worker cannot be read as a file. Runs before the theme.

const script = URL.createObjectURL(new Blob([SEARCH_WORKER], { type: "text/javascript" }));

globalThis.Worker = class extends Worker {
  /**
   * @param {string | URL} address
   * @param {WorkerOptions} [options]
   */
  constructor(address, options) {
    super(/\/workers\/search\.[^/]*$/.test(String(address)) ? script : address, options);
  }
};
