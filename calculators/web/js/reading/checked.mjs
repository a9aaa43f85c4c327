// The warning of a page checked more than a year ago. The build shows it when it is late; a copy of the site may be read for
// years, so that it also appears by itself.

class Checked extends HTMLElement {
  connectedCallback() {
    const [year = 0, month = 1, day = 1] = (this.dataset.jour ?? "").split("-").map(Number);
    if (year && new Date() >= new Date(year + 1, month - 1, day + 1)) {
      this.hidden = false;
    }
  }
}

customElements.define("mode-emploi-verifie", Checked);
