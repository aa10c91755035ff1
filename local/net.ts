import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

export const loopback = "127.0.0.1";
const probeMs = 5;

/** A port that nobody listens on now. Somebody else may take it before its user does: be ready for it. */
export function freePort(host = loopback, wanted = 0): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(wanted, host, () => {
      const address = server.address();
      const port = typeof address === "object" && address ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** The port used last time, so that links stay good over a restart; another when it is taken. */
export const samePortOrFree = (host: string, wanted: number): Promise<number> =>
  freePort(host, wanted).catch(() => freePort(host));

export function accepts(port: number, host = loopback): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    const answer = (isOpen: boolean) => {
      socket.destroy();
      resolve(isOpen);
    };
    socket.once("connect", () => answer(true));
    socket.once("error", () => answer(false));
  });
}

/** Waits until the port is open; false when `gaveUp` says so first. */
export async function opened(port: number, gaveUp: () => boolean): Promise<boolean> {
  while (!gaveUp()) {
    if (await accepts(port)) return true;
    await pause(probeMs);
  }
  return false;
}
