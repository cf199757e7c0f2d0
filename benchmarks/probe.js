// Looks at the Blend page from inside, for benchmarks: finds things in shadow roots, hashes pictures, times a release.
const socket = { sent: 0, heard: 0 };
window.WebSocket = class extends WebSocket {
  constructor(...given) {
    super(...given);
    this.addEventListener("message", () => (socket.heard = performance.now()));
  }
  send(data) {
    socket.sent = performance.now();
    super.send(data);
  }
};
window.probe = {
  find(selector, root = document) {
    const here = root.querySelector(selector);
    if (here) return here;
    for (const element of root.querySelectorAll("*")) {
      const below = element.shadowRoot && window.probe.find(selector, element.shadowRoot);
      if (below) return below;
    }
    return null;
  },
  blend() {
    return window.probe.find('canvas[aria-label^="Blend of"]');
  },
  hash(canvas) {
    const bytes = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
    let hash = 2166136261;
    for (const byte of bytes) hash = Math.imul(hash ^ byte, 16777619);
    return hash >>> 0;
  },
  /** Collects the hash of the Blend picture at every frame until stop() is called; stop() gives how many differed. */
  watchPictures() {
    const canvas = window.probe.blend();
    const seen = new Set();
    let on = true;
    const look = () => {
      seen.add(window.probe.hash(canvas));
      if (on) requestAnimationFrame(look);
    };
    look();
    window.probe.stop = () => {
      on = false;
      return seen.size;
    };
  },
  /** Times from the next pointerup until the last message of its script run, and every picture in it, is painted. */
  timeRelease() {
    const app = document.querySelector("[data-testid=stApp]");
    return new Promise((resolve) => {
      addEventListener("pointerup", (event) => {
        const from = event.timeStamp;
        let heard = 0;
        let painted = 0;
        const look = () => {
          const now = performance.now();
          const running = app.getAttribute("data-test-script-state") !== "notRunning";
          const loading = [...document.images].some((image) => !image.complete);
          if (heard !== socket.heard || running || loading) painted = 0; // something came since the last frame
          else if (!painted) painted = now;
          heard = socket.heard;
          const answered = socket.sent >= from && heard > socket.sent;
          if (now - from > 10_000) resolve(now - from);
          else if (answered && painted && now - heard > 400) resolve(painted - from);
          else requestAnimationFrame(look);
        };
        look();
      }, { once: true, capture: true });
    });
  },
  /** Moves a slider back and forth by itself, `rate` times a second, as a hand that never lets go. */
  drag(label, rate) {
    const slider = window.probe.find(`input[aria-label="${label}"]`);
    let step = 0;
    return setInterval(() => {
      step += 1;
      slider.value = 50 + 49 * Math.sin(step / 7);
      slider.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
    }, 1000 / rate);
  },
};
