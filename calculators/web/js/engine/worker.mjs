// The worker: starts Python from the snapshot it is given, else the public way, with the trimmed library and our package;
// then gives one answer per request.
//
// Receives ToWorker and posts FromWorker messages (see workers.mjs).

import { loadPyodide } from "pyodide";
import createPyodideModule from "pyodide/pyodide.asm.mjs";
import "./aes.mjs";
import { EngineError } from "./error.mjs";
import { fetchFile, isPage } from "./parts.mjs";
import { COLD, beginWith, initialMemory, readSnapshot } from "./snapshot.mjs";

/** @typedef {import("./workers.mjs").FromWorker} FromWorker */
/** @typedef {import("./workers.mjs").ToWorker} ToWorker */
/** @typedef {import("./workers.mjs").Boot} Boot */
/** @typedef {import("pyodide").PyodideConfig} PyodideConfig */
/** @typedef {import("pyodide").PyodideAPI} PyodideAPI */

/** @type {((request: string) => string) | undefined} */
let answer;

/** Python's folders of files, where those that come with a question are put, and where it puts those it makes. */
const [DEPOSIT, RETURN] = ["/depot", "/rendu"];

/** @type {PyodideAPI["FS"]} */
let folders;

/** @type {WebAssembly.Global | undefined} of the runtime's hot part: not zero once it was asked for what it does not have */
let cold;

/** @type {typeof import("pyodide/ffi").PythonError | undefined} what an exception raised by Python's own code is */
let PythonError;

/** Pyodide says that the runtime broke down: not so, when the hot part was asked for what it does not have. */
function quietOnceCold() {
  for (const level of /** @type {const} */ (["error", "warn", "log"])) {
    const say = console[level].bind(console);
    console[level] = (/** @type {unknown[]} */ ...said) => (cold?.value ? console.debug : say)(...said);
  }
}

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
 * Why Python did not start: what did not come, no memory to be had, else files that are not those that were built.
 *
 * @param {unknown} error
 * @returns {{ reason: import("./error.mjs").Reason, status?: number | undefined }}
 */
function reasonOf(error) {
  if (error instanceof EngineError) {
    return { reason: error.reason, status: error.status };
  }
  return { reason: error instanceof RangeError ? "stopped" : "damaged" };
}

/** A zip with nothing in it: the end of its empty list. */
const EMPTY_ZIP = Uint8Array.of(0x50, 0x4b, 5, 6, ...new Array(18).fill(0));

/** Pyodide asks for this folder's files; those that matter are handed to it. */
const NOWHERE = "https://pyodide.invalid/";

/**
 * Starts Pyodide with the runtime that the page compiled. Its requests are answered by `answerRequest`; since it only
 * warns and waits for ever when one fails, the failure is reported by this promise.
 *
 * @param {WebAssembly.Module} module
 * @param {(address: string) => Promise<Response>} answerRequest
 * @param {(instance: WebAssembly.Instance) => void} seen called with the runtime before any of its code runs
 * @param {PyodideConfig} options
 * @returns {Promise<PyodideAPI>}
 */
function start(module, answerRequest, seen, options) {
  const { fetch } = self;
  const { instantiateStreaming } = WebAssembly;
  return new Promise((resolve, reject) => {
    self.fetch = async (input) => {
      const address = String(input instanceof Request ? input.url : input);
      if (address === `${NOWHERE}pyodide.asm.wasm`) {
        return new Response();
      }
      try {
        return await answerRequest(address);
      } catch (error) {
        reject(error);
        throw error;
      }
    };
    WebAssembly.instantiateStreaming = async (_, imports) => {
      try {
        const instance = await WebAssembly.instantiate(module, imports);
        seen(instance);
        return { module, instance };
      } catch (error) {
        reject(error);
        throw error;
      }
    };
    loadPyodide({ indexURL: NOWHERE, createPyodideModule, ...options }).then(resolve, reject);
  }).finally(() => {
    self.fetch = fetch;
    WebAssembly.instantiateStreaming = instantiateStreaming;
  });
}

/** Gives Python the memory that it begins with, once that has come. @type {(bytes: ArrayBuffer) => void} */
let handOver = () => undefined;

/**
 * @param {WebAssembly.Module} module
 */
async function startFromSnapshot(module) {
  const snapshot = new Promise((/** @type {typeof handOver} */ resolve) => {
    handOver = resolve;
  }).then((bytes) => readSnapshot(bytes, ENGINE.build));
  snapshot.catch(() => undefined); // told by what waits for it, if it comes so far
  let initial = new Uint8Array();
  cold = undefined;
  const python = await start(
    module,
    async () => new Response(EMPTY_ZIP),
    (instance) => {
      initial = initialMemory(instance);
      cold = /** @type {WebAssembly.Global | undefined} */ (instance.exports[COLD]);
    },
    {
      stdLibURL: `${NOWHERE}library.zip`,
      lockFileContents: JSON.stringify({ info: ENGINE.info, packages: {} }),
      packageBaseUrl: NOWHERE,
      ...beginWith(snapshot, createPyodideModule, () => initial),
    },
  );
  initial = new Uint8Array();
  python.pyimport("calculators.web.page.resume").resume();
  return python;
}

/**
 * @param {Boot} message
 */
function startTheStandardWay({ module, base, cache, library }) {
  // Pyodide calls the worker's own `fetch`, which is ours meanwhile.
  const { fetch } = self;
  const lock = new URL(ENGINE.lock, base).href;
  /** @param {string} address */
  const fetchAndCount = async (address) => {
    const response = library ? new Response(library.get(address)) : await fetchFile(address, { cache }, fetch);
    if (isPage(response)) {
      throw new EngineError("page", `${address}: a page`);
    }
    const content = await response.arrayBuffer().catch((error) => {
      throw new EngineError("offline", `${address}: ${error}`);
    });
    post({ type: "progress", bytes: content.byteLength });
    return new Response(content);
  };
  return start(module, fetchAndCount, () => undefined, {
    stdLibURL: new URL(ENGINE.library, base).href,
    lockFileURL: lock,
    packageBaseUrl: new URL("./", lock).href,
    packages: [ENGINE.package],
  });
}

/** @param {Boot} message */
async function boot(message) {
  const python = await (message.memory ? startFromSnapshot(message.module) : startTheStandardWay(message));
  ({ PythonError } = python.ffi);
  answer = python.pyimport("calculators.web.page.browser").answer;
  folders = python.FS;
  post({ type: cold?.value ? "cold" : "ready" });
  setTimeout(rehearse, REST);
}

/** Milliseconds that Python waits for a first call before it tries one by itself. */
const REST = 50;

let called = false;

/** Answers a request that nobody asked: browsers compile the runtime as it first runs, which a first call need not wait for. */
function rehearse() {
  if (!called) {
    try {
      answer?.(ENGINE.rehearsal);
    } catch (error) {
      // The next call meets the same, and tells.
      console.debug("calculateur", error);
    }
  }
}

/**
 * @param {number} id
 * @param {string} request
 * @param {Blob[]} files
 */
function call(id, request, files) {
  called = true;
  const message = reply(id, request, files);
  // Whatever the outcome: Python, or Pyodide, may have made an exception of the trap, and gone on. Without the flag, a
  // runtime that breaks down has read what its hot part does not have: see engine/node/sealed_data.mjs.
  post(cold?.value || (cold && message.type === "fatal") ? { type: "cold" } : message);
}

/**
 * @param {number} id
 * @param {string} request
 * @param {Blob[]} files
 * @returns {FromWorker}
 */
function reply(id, request, files) {
  try {
    if (!answer) {
      throw new Error("not ready");
    }
    const ask = answer;
    const given = files.length ? withFiles(files, () => ask(request)) : { value: ask(request) };
    return { type: "result", id, ok: true, ...given };
  } catch (error) {
    return PythonError && error instanceof PythonError
      ? { type: "result", id, ok: false, error: describe(error) }
      : // Not the program's but the runtime's: it answers nothing more after that.
        { type: "fatal", error: describe(error) };
  }
}

/**
 * Asks with files at hand. Python reads them where they are: a phone has no memory for a copy.
 *
 * @param {Blob[]} files
 * @param {() => string} ask
 */
function withFiles(files, ask) {
  folders.mkdirTree(DEPOSIT);
  folders.mkdirTree(RETURN);
  const blobs = files.map((data, at) => ({ name: String(at), data }));
  folders.mount(folders.filesystems["WORKERFS"], { blobs }, DEPOSIT);
  try {
    const value = ask();
    return { value, files: made() };
  } finally {
    folders.unmount(DEPOSIT);
    made();
  }
}

/** Takes what Python made out of its folder, and out of its memory. */
function made() {
  const names = folders.readdir(RETURN).filter((/** @type {string} */ name) => !name.startsWith("."));
  return names.sort().map((/** @type {string} */ name) => {
    const blob = new Blob([folders.readFile(`${RETURN}/${name}`)]);
    folders.unlink(`${RETURN}/${name}`);
    return blob;
  });
}

quietOnceCold();
self.onmessage = ({ data }) => {
  const message = /** @type {ToWorker} */ (data);
  if (message.type === "boot") {
    post({ type: "begun" });
    boot(message).catch((error) =>
      post(cold?.value ? { type: "cold" } : { type: "fatal", error: describe(error), ...reasonOf(error) }),
    );
  } else if (message.type === "memory") {
    handOver(message.snapshot);
    handOver = () => undefined; // it is large: nothing keeps it
  } else {
    call(message.id, message.request, message.files);
  }
};
