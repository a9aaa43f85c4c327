// What a Python on the hot part was told and keeps in mind, for another Python to be told the same: what reads workbooks, and
// the pieces of the file being answered. All other questions are answered from their own text.

/** @typedef {{ bibliotheque?: string, lot?: { numero: number, debut: boolean } }} Request */

export class Journal {
  #library = "";
  /** The file being answered. */
  #number = 0;
  /** @type {string[]} */
  #file = [];

  /**
   * @param {string} text the request, as it was put
   * @param {string} reply
   */
  note(text, reply) {
    const { bibliotheque, lot } = /** @type {Request} */ (JSON.parse(text));
    if (bibliotheque !== undefined) {
      this.#library = text;
    } else if (lot) {
      const { ok, avis } = JSON.parse(reply);
      if (lot.debut || !ok || avis) {
        this.#file = [];
      }
      if (ok && !avis) {
        this.#number = lot.numero;
        this.#file.push(text);
      }
    }
  }

  /**
   * Nobody wants a file any more.
   *
   * @param {number} file
   */
  forget(file) {
    if (file === this.#number) {
      this.#file = [];
    }
  }

  /** What to tell another Python, in that order: nothing more of a file once nobody wants it. */
  *requests() {
    if (this.#library) {
      yield this.#library;
    }
    for (let at = 0; at < this.#file.length; at += 1) {
      yield this.#file[at] ?? "";
    }
  }
}
