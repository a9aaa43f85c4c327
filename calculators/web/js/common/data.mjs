// What the reader told the browser of the bytes that they pay for.

/** Whether the reader asked for few bytes: nothing is then fetched before it is needed. */
export function savesData() {
  const { connection } = /** @type {Navigator & { connection?: { saveData?: boolean } }} */ (navigator);
  return Boolean(connection?.saveData);
}
