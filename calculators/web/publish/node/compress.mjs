// Compresses files at the best level: brotli, zstd and gzip.
//
//     node compress.mjs '[["source", "target without its ending"], …]'
//
// Writes target.br, target.zst and target.gz. The same bytes give the same bytes.

import { readFile, rename, writeFile } from "node:fs/promises";
import { promisify } from "node:util";
import zlib from "node:zlib";

const { constants } = zlib;
const brotli = promisify(/** @type {(data: Buffer, options: zlib.BrotliOptions, done: zlib.CompressCallback) => void} */ (zlib.brotliCompress));
const zstd = promisify(/** @type {(data: Buffer, options: zlib.ZstdOptions, done: zlib.CompressCallback) => void} */ (zlib.zstdCompress));
const gzip = promisify(/** @type {(data: Buffer, options: zlib.ZlibOptions, done: zlib.CompressCallback) => void} */ (zlib.gzip));

/** @type {Record<string, (data: Buffer) => Promise<Buffer>>} */
const WAYS = {
  br: (data) =>
    brotli(data, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
        [constants.BROTLI_PARAM_SIZE_HINT]: data.length,
      },
    }),
  // Browsers refuse a window beyond 8 MiB; level 19 keeps within it.
  zst: (data) => zstd(data, { params: { [constants.ZSTD_c_compressionLevel]: 19, [constants.ZSTD_c_windowLog]: 23 } }),
  gz: (data) => gzip(data, { level: constants.Z_BEST_COMPRESSION }),
};

/** @type {[string, string][]} */
const jobs = JSON.parse(process.argv[2] ?? "[]");

await Promise.all(
  jobs.flatMap(([source, target]) =>
    Object.entries(WAYS).map(async ([ending, compress]) => {
      const content = await compress(await readFile(source));
      // Whoever finds the file finds it whole; another build may be writing the same one.
      const part = `${target}.${ending}.${process.pid}.part`;
      await writeFile(part, content);
      await rename(part, `${target}.${ending}`);
    }),
  ),
);
