// The worker: Pyodide, started the public way, with the trimmed library and our package; then one answer per request.
//
// Receives ToWorker and posts FromWorker messages (see engine.mjs).

import { loadPyodide } from "pyodide";

/** @typedef {import("./engine.mjs").FromWorker} FromWorker */
/** @typedef {import("./engine.mjs").ToWorker} ToWorker */

/** @type {((request: string) => string) | undefined} */
let answer;

/** @type {typeof import("pyodide/ffi").PythonError | undefined} what an exception raised by Python's own code is */
let PythonError;

/** @param {FromWorker} message */
function post(message) {
  self.postMessage(message);
}

/**
 * An exception of Python prints its whole traceback, one of the runtime a very long line: keep the end.
 *
 * @param {unknown} error
 */
function describe(error) {
  return (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).slice(-2000);
}

/**
 * Watches the requests and the compilation of a start: reports bytes as they arrive, and rejects as soon as one fails,
 * since loadPyodide itself then only warns and waits for ever.
 *
 * @param {(loaded: number) => void} progress
 * @returns {{ failure: Promise<never>, stop: () => void }}
 */
function watch(progress) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  /** @type {(error: unknown) => void} */
  let fail = () => undefined;
  /** @type {Promise<never>} */
  const failure = new Promise((_, reject) => {
    fail = reject;
  });
  failure.catch(() => undefined);
  let loaded = 0;

  /** @param {Response} response */
  async function count(response) {
    const reader = response.body?.getReader();
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      loaded += part.value.length;
      progress(loaded);
    }
  }

  self.fetch = async (input, init) => {
    try {
      const response = await fetch(input, init);
      if (!response.ok) {
        throw new Error(`${response.url}: ${response.status}`);
      }
      count(response.clone()).catch(fail);
      return response;
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  WebAssembly.instantiateStreaming = async (source, imports) => {
    try {
      return await instantiateStreaming(source, imports);
    } catch (error) {
      fail(error);
      throw error;
    }
  };
  return {
    failure,
    stop() {
      self.fetch = fetch;
      WebAssembly.instantiateStreaming = instantiateStreaming;
    },
  };
}

/** @param {string} base address of the site's assets/ folder */
async function boot(base) {
  const { failure, stop } = watch((loaded) => post({ type: "progress", loaded }));
  const lock = new URL(ENGINE.lock, base).href;
  const python = await Promise.race([
    loadPyodide({
      indexURL: new URL(ENGINE.runtime, base).href,
      stdLibURL: new URL(ENGINE.library, base).href,
      lockFileURL: lock,
      packageBaseUrl: new URL("./", lock).href,
      packages: [ENGINE.package],
    }),
    failure,
  ]);
  stop();
  ({ PythonError } = python.ffi);
  answer = python.pyimport("calculators.web.browser").answer;
  post({ type: "ready" });
}

/**
 * @param {number} id
 * @param {string} request
 */
function call(id, request) {
  try {
    if (!answer) {
      throw new Error("not ready");
    }
    post({ type: "result", id, ok: true, value: answer(request) });
  } catch (error) {
    if (PythonError && error instanceof PythonError) {
      post({ type: "result", id, ok: false, error: describe(error) });
    } else {
      // Not the program's but the runtime's: it answers nothing more after that.
      post({ type: "fatal", error: describe(error) });
    }
  }
}

self.onmessage = ({ data }) => {
  const message = /** @type {ToWorker} */ (data);
  if (message.type === "boot") {
    boot(message.base).catch((error) => post({ type: "fatal", error: describe(error) }));
  } else {
    call(message.id, message.request);
  }
};
