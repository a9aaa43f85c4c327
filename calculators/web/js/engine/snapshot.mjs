// The memory of a Python that is ready to answer, written at build by calculators/web/engine/node/make_snapshot.mjs.
//
// It is put back through a private interface of the pinned version of Pyodide: whoever calls this has another way ready.

/** @typedef {import("pyodide").PyodideConfig} PyodideConfig */
/**
 * @typedef {object} Snapshot
 * @property {string} build the runtime it was made by, and is good for
 * @property {number} heap bytes of memory
 * @property {object} config what Pyodide said of its own state
 * @property {Uint32Array} runs places and lengths, two by two, of what differs from the memory a module begins with
 * @property {Uint8Array} content what stands at these places, end to end
 */

/** The global of the runtime's hot part that tells that something was asked of it which only the whole runtime does. */
export const COLD = "$cold";

/** "MDSN", little-endian. */
const MAGIC = 0x4e53444d;

/**
 * Throws when `bytes` are not a whole snapshot of the runtime `build`.
 *
 * @param {ArrayBuffer} bytes
 * @param {string} build
 * @returns {Snapshot}
 */
export function readSnapshot(bytes, build) {
  const [magic, length = 0] = new Uint32Array(bytes, 0, 2);
  if (magic !== MAGIC) {
    throw new Error("not a snapshot");
  }
  const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
  if (header.build !== build) {
    throw new Error(`a snapshot of the runtime ${header.build}, not of ${build}`);
  }
  const runs = new Uint32Array(bytes, 8 + length, 2 * header.runs);
  const content = new Uint8Array(bytes, 8 + length + runs.byteLength);
  const expected = runs.reduce((sum, value, index) => (index % 2 ? sum + value : sum), 0);
  if (content.length !== expected) {
    throw new Error(`a snapshot of ${content.length} bytes instead of ${expected}`);
  }
  return { build, heap: header.heap, config: header.config, runs, content };
}

/**
 * Copies the memory that a WebAssembly instance begins with, before any of its code runs: up to its stack, all that the
 * module itself fills; the rest is zeros.
 *
 * @param {WebAssembly.Instance} instance
 */
export function initialMemory({ exports }) {
  const memory = /** @type {WebAssembly.Memory} */ (exports["memory"]);
  const end = /** @type {WebAssembly.Global} */ (exports["__stack_low"]);
  return new Uint8Array(memory.buffer.slice(0, end.value));
}

/**
 * Gives the options that make loadPyodide begin with `snapshot`.
 *
 * @param {Snapshot} snapshot
 * @param {NonNullable<PyodideConfig["createPyodideModule"]>} createPyodideModule
 * @param {() => Uint8Array} initial the memory that the instance began with, once there is one
 * @returns {PyodideConfig}
 */
export function beginWith(snapshot, createPyodideModule, initial) {
  return {
    // Pyodide's own format holds the whole memory; ours is put back by the function below.
    _loadSnapshot: new Uint8Array(0),
    createPyodideModule: async (settings) => {
      const module = await createPyodideModule(settings);
      module.API.restoreSnapshot = () => {
        restore(/** @type {any} */ (module), snapshot, initial());
        const { config } = snapshot;
        // Pyodide keeps these functions, not what they were given: a phone has no memory to spare.
        snapshot = { ...snapshot, runs: new Uint32Array(), content: new Uint8Array() };
        return /** @type {any} */ (config);
      };
      return module;
    },
  };
}

/**
 * @param {{ HEAPU8: Uint8Array, _malloc(size: number): number }} module
 * @param {Snapshot} snapshot
 * @param {Uint8Array} initial
 */
function restore(module, { heap, runs, content }, initial) {
  if (module.HEAPU8.length < heap) {
    module._malloc(heap - module.HEAPU8.length); // Makes the memory grow; what it notes there is written over.
  }
  const memory = module.HEAPU8;
  memory.set(initial);
  memory.fill(0, initial.length);
  let from = 0;
  for (let index = 0; index < runs.length; index += 2) {
    const at = runs[index] ?? 0;
    const to = from + (runs[index + 1] ?? 0);
    memory.set(content.subarray(from, to), at);
    from = to;
  }
}
