// Files that are dropped on the page or pasted into it, wherever the pointer or the focus is.

/** Listens to the whole page until `stop`. */
export class Dropping {
  /**
   * @param {(file: File) => void} onFile the first of those that were given
   * @param {(yes: boolean) => void} onOver files are held over the page, or not any more
   */
  constructor(onFile, onOver) {
    this.onFile = onFile;
    this.onOver = onOver;
    this.listeners = {
      dragenter: (event) => this.over(event),
      dragover: (event) => this.over(event),
      dragleave: (event) => event.relatedTarget === null && this.onOver(false),
      drop: (event) => this.drop(event),
      paste: (event) => this.paste(event),
    };
    for (const [name, listener] of Object.entries(this.listeners)) addEventListener(name, listener, true);
  }

  /** @param {DragEvent} event */
  over(event) {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // or the browser would open the file in place of the page
    event.dataTransfer.dropEffect = "copy";
    this.onOver(true);
  }

  /** @param {DragEvent} event */
  drop(event) {
    this.onOver(false);
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    event.stopPropagation();
    const [file] = event.dataTransfer.files;
    if (file) this.onFile(file);
  }

  /** @param {ClipboardEvent} event */
  paste(event) {
    const [file] = event.clipboardData?.files ?? [];
    if (!file) return; // a text, for the field that has the focus
    event.preventDefault();
    this.onFile(file);
  }

  stop() {
    for (const [name, listener] of Object.entries(this.listeners)) removeEventListener(name, listener, true);
  }
}
