// What publishing writes at the head of the service worker: the files of this version of the site.

declare const SITE: {
  /** Names this version: anything that changes in the site changes it. */
  version: string;
  /** By address from the site's home page: size, SHA-256 in hexadecimal, and what it is for. */
  files: Record<string, [bytes: number, hash: string, part: import("../offline/messages.js").Part]>;
};
