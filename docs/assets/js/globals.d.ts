// Names that the bundle puts in the page script and in the worker.

/** The files of the engine, each as a path from the site's assets/ folder. */
interface EngineFiles {
  /** The worker that runs Python. */
  worker: string;
  /** Pyodide's folder. */
  runtime: string;
  /** The standard library. */
  library: string;
  /** The lock that names our package and its hash. */
  lock: string;
  /** Our package, as the lock calls it. */
  package: string;
  /** Bytes to fetch before Python is ready, decompressed. */
  bytes: number;
}

declare const ENGINE: EngineFiles;
