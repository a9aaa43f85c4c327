// Names that the bundle puts in the page script and in the worker.

/** The files of the engine, each as a path from the site's assets/ folder. */
interface EngineFiles {
  /** The worker that runs Python. */
  worker: string;
  /** The part of Pyodide's WebAssembly that answers almost everything; empty in a build without. */
  hot: string;
  /** Python's memory with the functions that answer almost everything; empty with `hot`. */
  hot_memory: string;
  /** The hash of that memory. */
  hot_memory_integrity: string;
  /** Pyodide's WebAssembly, whole. */
  runtime: string;
  /** What it is, for the snapshot to be good for it. */
  build: string;
  /** What Pyodide's lock says of it. */
  info: Record<string, string>;
  /** Python's memory, ready to answer; empty in a build without. */
  snapshot: string;
  /** The hash of the snapshot. */
  integrity: string;
  /** The standard library. */
  library: string;
  /** The lock that names our package and its hash. */
  lock: string;
  /** Our package, as the lock calls it. */
  package: string;
  /** The same, as a file. */
  wheel: string;
  /** What reads workbooks: modules of Python, in a zip. */
  sheets: string;
  /** The hash of that zip. */
  sheets_integrity: string;
  /** What checks files: modules of Python, in a zip. */
  files: string;
  /** The hash of that zip. */
  files_integrity: string;
  /** What reads PDFs, beside it. */
  pdf: string;
  /** The hash of that zip. */
  pdf_integrity: string;
  /** What writes letters as files: a script. */
  word: string;
  /** The hash of that script. */
  word_integrity: string;
  /** What drags the lines of a list: a script of the page. */
  sorting: string;
  /** A request that Python answers for itself once it is ready. */
  rehearsal: string;
  /** Bytes to fetch, decompressed. */
  bytes: { hot: number; hot_memory: number; runtime: number; snapshot: number; library: number };
}

declare const ENGINE: EngineFiles;

/** The dossier of a page whose browser keeps nothing: its two scripts share it. */
declare var demarchesDossier: import("./dossier/store.mjs").Held | undefined;

/** Writes a letter as a .docx file, once `letter/word.mjs` has come. */
declare var demarchesWord: import("./letter/writer.mjs").Writer | undefined;

/** The script of the theme's search worker, in the copy that is opened from a folder. */
declare const SEARCH_WORKER: string;

/** Whether the site keeps itself on the device, to open without a network. */
declare const OFFLINE: boolean;

declare module "pyodide/pyodide.asm.mjs" {
  const createPyodideModule: NonNullable<import("pyodide").PyodideConfig["createPyodideModule"]>;
  export default createPyodideModule;
}

/** What a browser asks before a text becomes HTML, a script or its address; not all have it. */
interface TrustedTypes {
  readonly defaultPolicy: object | null;
  createPolicy<Rules extends TrustedTypesRules>(
    name: string,
    rules: Rules,
  ): { [Name in keyof Rules]: (text: string) => string };
}

/** Each gives back a text that may be used, or nothing. */
interface TrustedTypesRules {
  createHTML?: (text: string, type?: string, use?: string) => string | null;
  createScript?: (text: string, type?: string, use?: string) => string | null;
  createScriptURL?: (text: string, type?: string, use?: string) => string | null;
}

interface Window {
  trustedTypes?: TrustedTypes;
}
