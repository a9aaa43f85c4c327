// What the pages and the service worker tell each other. Each request has a port, which brings the answer back.

/** What a file is for: what every page needs, the pages, Python; "spare" is kept when it is fetched, and never ahead. */
export type Part = "base" | "page" | "engine" | "spare";

export type ToServiceWorker =
  | { type: "keep"; parts: Part[] }
  | { type: "describe" }
  | { type: "erase" }
  | { type: "take-over" };

/** What is kept of the site. */
export interface Kept {
  version: string;
  /** Bytes that are kept. */
  bytes: number;
  /** Bytes of the site, what is never fetched ahead apart. */
  total: number;
  /** Whether there is more to fetch, and a point in asking again. */
  more: boolean;
}
